// A client with a name, a head and two hands, as in a headset. Its messages are encoded by hand, independently
// of the page.

const varint = (value) => (value < 128 ? [value] : [(value & 127) | 128, ...varint(value >>> 7)]);
const bytes = (field, content) => [...varint((field << 3) | 2), ...varint(content.length), ...content];
const number = (field, value) => [...varint(field << 3), ...varint(value)];
const floats = (field, values) => bytes(field, [...new Uint8Array(new Float32Array(values).buffer)]);

const pose = ({ position, orientation }) => [...floats(1, position), ...floats(2, orientation)];
const presence = ({ head, hands }) => [...bytes(1, pose(head)), ...hands.flatMap((hand) => bytes(2, pose(hand)))];
const attach = ({ name, color }) => [...bytes(6, new TextEncoder().encode(name)), ...number(7, color)];
const action = (seq, field, content) => [...number(1, seq), ...bytes(field, content), ...number(100, 2)];

// Connects from the page, until the page is closed.
export async function joinAsHeadset(page, address, person) {
  const messages = [action(1, 24, attach(person)), action(2, 17, presence(person))];
  await page.evaluate(
    async ({ address, messages }) => {
      const socket = new WebSocket(address);
      await new Promise((resolve, reject) => {
        socket.onopen = resolve;
        socket.onerror = reject;
      });
      for (const message of messages) socket.send(new Uint8Array(message));
      window.headset = socket;
    },
    { address, messages },
  );
}
