// Panel that packs molecules into a cell or a droplet: the mixture, its region, progress, and the structure as a file.

import { element, write } from "../panel/dom";
import type { AssetChoice } from "./assets";
import { LiveConnection } from "./connection";
import { isEmpty, numberField } from "./fields";
import { FieldError, readNumber } from "./number";
import { packRequest, parsePackMessage, type PackMessage, type PackRequest } from "./pack_messages";
import { Packing } from "./packing";

export interface PackActions {
  address(): string;
  // A packing begins: a run that is on ends.
  began(): void;
  changed(packing: Packing): void;
}

const MAX_KINDS = 5;

// A positive number; undefined if nothing is entered.
const numberOrNone = (id: string, name: string) => (isEmpty(id) ? undefined : numberField(id, name, { min: 0, open: true }));

// A field of the request, if it has a value.
const optional = <Name extends keyof PackRequest>(name: Name, value: PackRequest[Name] | undefined) =>
  value === undefined ? {} : ({ [name]: value } as Pick<PackRequest, Name>);

export class PackPanel {
  private readonly packing = new Packing();
  private readonly kinds = element("kinds");
  private choices: readonly AssetChoice[] = [];
  private connection: LiveConnection<PackMessage> | undefined;

  constructor(private readonly actions: PackActions) {
    element("add-kind").addEventListener("click", () => this.addKind("", 10));
    element("pack").addEventListener("submit", (event) => {
      event.preventDefault();
      this.submit();
    });
    element("stop-pack").addEventListener("click", () => this.connection?.stop());
    element("download").addEventListener("click", () => this.download());
  }

  // The molecules that can be packed.
  showMolecules(choices: readonly AssetChoice[]): void {
    this.choices = choices;
    element("pack").hidden = choices.length === 0;
    this.kinds.replaceChildren();
    element("around").replaceChildren(new Option("nothing", ""), ...choices.map(({ label }) => new Option(label)));
    this.addKind("water", 300);
  }

  // Ends a packing, as when a run begins.
  end(): void {
    this.connection?.discard();
    this.connection = undefined;
    if (this.packing.isActive) this.packing.closed(1000, "Canceled.");
    this.show();
  }

  private addKind(name: string, number: number): void {
    const select = document.createElement("select");
    select.setAttribute("aria-label", "Molecule");
    select.append(...this.choices.map(({ label }) => new Option(label)));
    if (this.choices.some(({ label }) => label === name)) select.value = name;
    const count = document.createElement("input");
    Object.assign(count, { type: "number", min: "1", step: "1", value: String(number) });
    count.setAttribute("aria-label", "Number");
    count.placeholder = "by density";
    const remove = document.createElement("button");
    remove.type = "button";
    remove.textContent = "✕";
    remove.setAttribute("aria-label", "Remove this molecule");
    const row = document.createElement("div");
    row.append(select, count, remove);
    remove.addEventListener("click", () => {
      row.remove();
      this.show();
    });
    this.kinds.append(row);
    this.show();
  }

  // Throws a FieldError for a wrong field.
  private read(): PackRequest {
    const molecules = [...this.kinds.children].map((row) => {
      const name = row.querySelector("select")!.value;
      const field = row.querySelector("input")!;
      if (field.value === "" && !field.validity.badInput) return { name };
      const number = readNumber(`Number of ${name}`, field.value, { min: 1 });
      if (!Number.isInteger(number)) throw new FieldError(`Number of ${name}: expected a whole number, found ${number}.`);
      return { name, number };
    });
    if (molecules.length === 0) throw new FieldError("Add a molecule first.");
    const around = element<HTMLSelectElement>("around").value;
    return {
      molecules,
      ...optional("density", numberOrNone("density", "Density")),
      ...optional("box", numberOrNone("box", "Edge of the box")),
      ...optional("around", around || undefined),
      ...optional("shell", numberOrNone("shell", "Shell")),
      seed: numberField("seed", "Seed", { min: 0 }),
    };
  }

  private submit(): void {
    let request: PackRequest;
    try {
      request = this.read();
    } catch (error) {
      if (!(error instanceof FieldError)) throw error;
      write(element("pack-text"), error.message);
      return;
    }
    this.connection?.discard();
    this.actions.began();
    this.packing.begin();
    this.connection = new LiveConnection(this.actions.address(), packRequest(request), {
      parse: parsePackMessage,
      received: (message) => {
        this.packing.apply(message);
        this.changed();
      },
      closed: (code, reason) => {
        this.packing.closed(code, reason);
        this.changed();
      },
    });
    this.show();
  }

  private changed(): void {
    this.actions.changed(this.packing);
    this.show();
  }

  private show(): void {
    const { isActive, text, structure, phase } = this.packing;
    element("start-pack").hidden = isActive;
    element("stop-pack").hidden = !isActive;
    element("download").hidden = isActive || structure === undefined;
    element<HTMLButtonElement>("add-kind").disabled = this.kinds.childElementCount >= MAX_KINDS;
    const line = element("pack-text");
    write(line, text);
    line.classList.toggle("bad", phase === "error");
  }

  private download(): void {
    const { structure } = this.packing;
    if (structure === undefined) return;
    const address = URL.createObjectURL(new Blob([structure], { type: "chemical/x-xyz" }));
    const link = document.createElement("a");
    Object.assign(link, { href: address, download: "packed.xyz" });
    link.click();
    // The browser has taken the file by then.
    setTimeout(() => URL.revokeObjectURL(address), 10_000);
  }
}
