// Where the page begins.

import { readAddress, withoutToken } from "./address";
import type { Spectator } from "./inspect";
import { Viewer } from "./viewer";

declare global {
  interface Window {
    spectator: Spectator;
  }
}

const page = new URL(location.href);
const address = readAddress(page, sessionStorage);
if (page.hash) history.replaceState(null, "", withoutToken(page));
window.spectator = new Viewer(address.socket).inspector();
