// Normals of triangles without shared vertices: smooth over flat angles, sharp over edges.

// Faces at a larger angle than this have an edge between them.
const CREASE = Math.cos((50 * Math.PI) / 180);
// Vertices at the same position, in steps of the extent of the mesh.
const STEPS = 1e4;

// A normal for each vertex of the triangles, of length 1; 0, 0, 0 for triangles without an area.
export function meshNormals(positions: ArrayLike<number>): Float32Array {
  const faces = faceNormals(positions);
  const normals = new Float32Array(positions.length);
  for (const vertices of verticesByPosition(positions)) {
    for (const vertex of vertices) {
      const own = faces[Math.floor(vertex / 3)]!;
      const sum = [0, 0, 0];
      for (const other of vertices) {
        const face = faces[Math.floor(other / 3)]!;
        const cosine = own.unit[0] * face.unit[0] + own.unit[1] * face.unit[1] + own.unit[2] * face.unit[2];
        if (other === vertex || cosine > CREASE) for (let i = 0; i < 3; i++) sum[i]! += face.unit[i]! * face.area;
      }
      const length = Math.hypot(...sum);
      for (let i = 0; i < 3; i++) normals[3 * vertex + i] = length > 0 ? sum[i]! / length : 0;
    }
  }
  return normals;
}

interface Face {
  unit: [number, number, number];
  // Twice the area.
  area: number;
}

function faceNormals(positions: ArrayLike<number>): Face[] {
  const faces: Face[] = [];
  for (let i = 0; i + 8 < positions.length; i += 9) {
    const side = (vertex: number, axis: number) => positions[i + 3 * vertex + axis]! - positions[i + axis]!;
    const cross = [0, 1, 2].map((axis) => {
      const [j, k] = [(axis + 1) % 3, (axis + 2) % 3];
      return side(1, j) * side(2, k) - side(1, k) * side(2, j);
    });
    const area = Math.hypot(...cross);
    faces.push({ unit: cross.map((value) => (area > 0 ? value / area : 0)) as Face["unit"], area });
  }
  return faces;
}

function verticesByPosition(positions: ArrayLike<number>): Iterable<number[]> {
  let extent = 0;
  for (let i = 0; i < positions.length; i++) extent = Math.max(extent, Math.abs(positions[i]!));
  const step = (value: number) => Math.round((value / (extent || 1)) * STEPS);
  const found = new Map<string, number[]>();
  const count = Math.floor(positions.length / 9) * 3;
  for (let vertex = 0; vertex < count; vertex++) {
    const [x, y, z] = [0, 1, 2].map((axis) => step(positions[3 * vertex + axis]!));
    const key = `${x} ${y} ${z}`;
    const group = found.get(key);
    if (group) group.push(vertex);
    else found.set(key, [vertex]);
  }
  return found.values();
}
