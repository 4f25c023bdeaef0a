// Addresses of the page and its WebSocket, with the room and the token.

const KEY = "mlipview token";

// The fragment of an address, which has the token, is not sent in requests. The token is stored for this
// tab, so that it survives a reload and can be removed from the address.
export class Address {
  readonly room: string;

  constructor(
    private readonly page: URL,
    private readonly storage: Pick<Storage, "getItem" | "setItem" | "removeItem">,
  ) {
    this.room = page.searchParams.get("room") || "main";
    const given = new URLSearchParams(page.hash.slice(1)).get("token");
    if (given !== null) storage.setItem(KEY, given);
  }

  get token(): string {
    return this.storage.getItem(KEY) ?? "";
  }

  forgetToken(): void {
    this.storage.removeItem(KEY);
  }

  // Address of the WebSocket.
  get socket(): string {
    const socket = new URL("ws", this.page);
    socket.protocol = this.page.protocol === "https:" ? "wss:" : "ws:";
    socket.searchParams.set("room", this.room);
    if (this.token) socket.searchParams.set("token", this.token);
    return socket.href;
  }

  // Address of the page without the token.
  get withoutToken(): string {
    return this.page.pathname + this.page.search;
  }

  // Address of the page for another room.
  of(room: string): string {
    return `?${new URLSearchParams({ room })}`;
  }
}
