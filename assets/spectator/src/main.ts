// Entry point of the page.

import { Address } from "./address";
import type { Spectator } from "./inspect";
import { storageOr } from "./storage";
import { Viewer } from "./viewer";

declare global {
  interface Window {
    spectator: Spectator;
  }
}

const address = new Address(new URL(location.href), storageOr(() => sessionStorage));
if (location.hash) history.replaceState(null, "", address.withoutToken);
window.spectator = new Viewer(address).inspector();
