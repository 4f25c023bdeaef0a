// List of the assets of the server, in groups: shapes first, then molecules by name.

export interface AssetChoice {
  name: string;
  label: string;
}

export interface AssetGroup {
  label: string;
  assets: AssetChoice[];
}

const MOLECULE = "molecule:";

// The names in the answer of the server; other parts of it are left out.
export function assetNames(answer: unknown): string[] {
  if (!Array.isArray(answer)) return [];
  return answer.map((asset: { name?: unknown } | null) => asset?.name).filter((name) => typeof name === "string");
}

export function groupAssets(names: readonly string[]): AssetGroup[] {
  const choice = (name: string): AssetChoice => ({ name, label: assetLabel(name) });
  const shapes = names.filter((name) => !isMolecule(name)).map(choice);
  const molecules = names.filter(isMolecule).map(choice);
  molecules.sort((a, b) => a.label.localeCompare(b.label, "en"));
  const groups = [
    { label: "Shapes", assets: shapes },
    { label: "Molecules", assets: molecules },
  ];
  return groups.filter(({ assets }) => assets.length > 0);
}

export const isMolecule = (name: string): boolean => name.startsWith(MOLECULE);

// "large_cube" is "large cube", "molecule:water" is "water".
export const assetLabel = (name: string): string => name.replace(MOLECULE, "").replaceAll("_", " ");
