// Where to connect to: the room from the page's address, and the token from behind its #.

const KEY = "mlipview token";

// A token behind the # is not sent in requests for the page; kept for this tab, it survives a reload
// and goes out of sight.
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

  // From now on without a token.
  forgetToken(): void {
    this.storage.removeItem(KEY);
  }

  // Of the WebSocket, beside the page.
  get socket(): string {
    const socket = new URL("ws", this.page);
    socket.protocol = this.page.protocol === "https:" ? "wss:" : "ws:";
    socket.searchParams.set("room", this.room);
    if (this.token) socket.searchParams.set("token", this.token);
    return socket.href;
  }

  // Of the page, without the token.
  get withoutToken(): string {
    return this.page.pathname + this.page.search;
  }

  // Of the page in another room.
  of(room: string): string {
    return `?${new URLSearchParams({ room })}`;
  }
}
