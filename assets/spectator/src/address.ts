// Where to connect to: the room from the page's address, and the token from behind its #.

export interface Address {
  room: string;
  token: string;
  socket: string;
}

// A token behind the # is not sent in requests for the page; kept for this tab, it survives a reload
// and goes out of sight.
export function readAddress(page: URL, storage: Pick<Storage, "getItem" | "setItem">): Address {
  const room = page.searchParams.get("room") || "main";
  const key = `mlipview token ${room}`;
  const given = new URLSearchParams(page.hash.slice(1)).get("token");
  if (given !== null) storage.setItem(key, given);
  const token = storage.getItem(key) ?? "";
  const socket = new URL("ws", page);
  socket.protocol = page.protocol === "https:" ? "wss:" : "ws:";
  socket.hash = "";
  socket.search = "";
  socket.searchParams.set("room", room);
  if (token) socket.searchParams.set("token", token);
  return { room, token, socket: socket.href };
}

// The page's address without its token.
export function withoutToken(page: URL): string {
  return page.pathname + page.search;
}
