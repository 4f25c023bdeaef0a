// Addresses of the page of rigid bodies: its WebSocket, the assets and the token.

// As the page of the simulation, which is served by the same program.
const KEY = "mlipview token";

// The fragment of an address, which has the token, is not sent in requests. The token is stored for this tab, so
// that it survives a reload and can be removed from the address.
export class LiveAddress {
  constructor(
    private readonly page: URL,
    private readonly storage: Pick<Storage, "getItem" | "setItem">,
  ) {
    const given = new URLSearchParams(page.hash.slice(1)).get("token");
    if (given !== null) storage.setItem(KEY, given);
  }

  // Address of the WebSocket of a run.
  get socket(): string {
    const socket = new URL("api/v1/live", this.page);
    socket.protocol = this.page.protocol === "https:" ? "wss:" : "ws:";
    socket.hash = "";
    const token = this.storage.getItem(KEY);
    if (token) socket.searchParams.set("token", token);
    return socket.href;
  }

  // Address of the list of assets.
  get assets(): string {
    return new URL("api/v1/live/assets", this.page).href;
  }

  // Address of the page without the token.
  get withoutToken(): string {
    return this.page.pathname + this.page.search;
  }
}
