// Entry point of the page of rigid bodies.

import { LiveAddress } from "./address";
import { LivePage, type LiveInspector } from "./page";
import { storageOr } from "../storage";

declare global {
  interface Window {
    live: LiveInspector;
  }
}

const address = new LiveAddress(new URL(location.href), storageOr(() => sessionStorage));
if (location.hash) history.replaceState(null, "", address.withoutToken);
window.live = new LivePage(address).inspector();
