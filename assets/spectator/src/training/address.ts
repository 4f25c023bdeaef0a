// Addresses of the page of trainings, its WebSocket and its files, with the name of the training and the token.

// As the page of the simulation, which is served by the same program.
const KEY = "mlipview token";

// The fragment of an address, which has the token, is not sent in requests. The token is stored for this tab, so
// that it survives a reload and can be removed from the address.
export class TrainingAddress {
  // Name of the training; empty for the newest.
  readonly name: string;

  constructor(
    private readonly page: URL,
    private readonly storage: Pick<Storage, "getItem" | "setItem" | "removeItem">,
  ) {
    this.name = page.searchParams.get("name") ?? "";
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
    const socket = new URL("ws/training", this.page);
    socket.protocol = this.page.protocol === "https:" ? "wss:" : "ws:";
    socket.hash = "";
    if (this.name) socket.searchParams.set("name", this.name);
    if (this.token) socket.searchParams.set("token", this.token);
    return socket.href;
  }

  // Address of the list of trainings.
  get list(): string {
    return new URL("api/ws/trainings", this.page).href;
  }

  // Address of the page without the token.
  get withoutToken(): string {
    return this.page.pathname + this.page.search;
  }

  // Address of the page for a training; an empty name is the newest.
  of(name: string): string {
    return name ? `${this.page.pathname}?${new URLSearchParams({ name })}` : this.page.pathname;
  }

  // Address of a file of a training, by the path of its event. An absolute path loses its slash.
  file(path: string, training: string): string {
    const parts = path.replace(/^\/+/, "").split("/");
    const file = new URL(`api/ws/samples/${parts.map(encodeURIComponent).join("/")}`, this.page);
    if (training) file.searchParams.set("name", training);
    return file.href;
  }
}
