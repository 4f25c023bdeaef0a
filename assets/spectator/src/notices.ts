// What the server says in KEYWORDs, in words for people.

export interface Said {
  text: string;
  tone: "quiet" | "good" | "bad";
}

type Wording = (reason: string) => Said | undefined;

const silent: Wording = () => undefined;
const say =
  (text: string, tone: Said["tone"] = "quiet"): Wording =>
  (reason) => ({ text: reason ? `${text}: ${reason}` : `${text}.`, tone });

const WORDINGS: Record<string, Wording> = {
  WAITING_FOR_ACK: silent,
  ACK_CLEARED: silent,
  SIMULATION_STOPPED: say("Stopped"),
  CONVERGED: say("Relaxed: the forces are below the limit", "good"),
  STRUCTURE_CHANGED: say("The structure has changed"),
  IDLE_WAITING_FOR_GEOMETRY: say("There are no atoms yet"),
  COMPUTE_ERROR: say("The forces could not be computed", "bad"),
  CALCULATOR_NOT_SUPPORTED: say("The server does not have this potential", "bad"),
  PROTO_VIOLATION: say("The server did not understand this page", "bad"),
  REFUSED: say("That was not done", "bad"),
  ROOM_CREATED: say("There is another room"),
  MISSED: silent,
  LIMIT: say("A limit of the server", "bad"),
  FORBIDDEN: (reason) => ({ text: reason ? sentence(reason) : "You may only watch.", tone: "bad" }),
};

function sentence(reason: string): string {
  const first = reason.charAt(0).toUpperCase() + reason.slice(1);
  return /[.!?]$/.test(first) ? first : `${first}.`;
}

// What to show of a notice (KEYWORD, or KEYWORD: reason); undefined if nothing.
export function inWords(message: string): Said | undefined {
  const found = /^([A-Z][A-Z0-9_]*)(?::\s*(.*))?$/s.exec(message.trim());
  if (!found) return message.trim() ? { text: sentence(message.trim()), tone: "quiet" } : undefined;
  const [, keyword = "", reason = ""] = found;
  const wording = WORDINGS[keyword];
  if (wording) return wording(reason.trim());
  const plain = keyword.toLowerCase().replaceAll("_", " ");
  return { text: sentence(reason.trim() || plain), tone: "bad" };
}

// Why a connection has ended, by the code with which it did.
export function whyClosed(code: number, reason: string): string {
  const said = reason ? inWords(reason)?.text : undefined;
  if (said) return said;
  if (code === 1008) return "The server has ended the connection: you are not allowed in, or were removed.";
  if (code === 1013) return "The server is full. Try again later.";
  if (code === 1009) return "A message was too long for the server.";
  if (code === 1001) return "The server is closing.";
  return "The connection was lost.";
}
