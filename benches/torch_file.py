"""Writes files in the format of torch.save, without torch.

A zip of uncompressed entries: NAME/data.pkl, a pickle of protocol 2 in which tensors refer to
storages, and NAME/data/0, 1, …, the storages, aligned to 64 bytes. Objects of other packages are
written by class name (Record, Call), so that the packages need not be installed; `omegaconf` makes
the containers of OmegaConf for configurations.
"""

import dataclasses
import math
import struct
import zipfile

ALIGNMENT = 64
# Length of a local zip header before name and padding, bytes.
HEADER = 30

STORAGES = {"float32": "FloatStorage", "float64": "DoubleStorage", "int64": "LongStorage"}


@dataclasses.dataclass(frozen=True)
class Global:
    """A class or function of a module."""

    module: str
    name: str


@dataclasses.dataclass(eq=False)
class Record:
    """An object of a class, with its attributes."""

    of: Global
    state: dict


@dataclasses.dataclass(eq=False)
class Call:
    """The call of a function with these arguments."""

    function: Global
    arguments: tuple


@dataclasses.dataclass(eq=False)
class Tensor:
    """A tensor with its own storage; `values` returns a contiguous array when it is written."""

    shape: tuple
    type: str
    values: object

    def bytes(self):
        return self.values().astype(self.type, copy=False).tobytes()


ANY = Global("typing", "Any")


def omegaconf(value, key=None, parent=None):
    """A node of OmegaConf around plain dictionaries, lists, and values."""
    container = {dict: "dict", list: "list"}.get(type(value))
    metadata = {"ref_type": ANY, "object_type": container and Global("__builtin__", container)}
    metadata |= {"optional": True, "key": key, "flags": {}, "flags_root": False}
    metadata["resolver_cache"] = Call(Global("collections", "defaultdict"), (Global("__builtin__", "dict"),))
    if container is None:
        state = {"_metadata": Record(Global("omegaconf.base", "Metadata"), metadata), "_parent": parent}
        return Record(Global("omegaconf.nodes", "AnyNode"), state | {"_val": value})
    keys = ANY if container == "dict" else Global("__builtin__", "long")
    metadata |= {"key_type": keys, "element_type": ANY}
    record = Global("omegaconf.base", "ContainerMetadata")
    node = Record(Global(f"omegaconf.{container}config", f"{container.title()}Config"), {})
    node.state |= {"_metadata": Record(record, metadata), "_parent": parent}
    if container == "dict":
        node.state["_content"] = {name: omegaconf(item, name, node) for name, item in value.items()}
    else:
        node.state["_content"] = [omegaconf(item, index, node) for index, item in enumerate(value)]
    return node


class Pickle:
    """Writes objects as a pickle of protocol 2, and collects their tensors."""

    def __init__(self):
        self.out = bytearray(b"\x80\x02")
        self.memory = {}
        self.kept = []
        self.tensors = []

    def finish(self, value):
        self.write(value)
        return bytes(self.out + b".")

    def write(self, value):
        if value is None or isinstance(value, bool):
            self.out += {None: b"N", True: b"\x88", False: b"\x89"}[value]
        elif isinstance(value, int):
            self.write_integer(value)
        elif isinstance(value, float):
            self.out += b"G" + struct.pack(">d", value)
        elif isinstance(value, tuple):
            self.write_tuple(value)
        elif not self.recall(value):
            getattr(self, f"write_{type(value).__name__.lower()}")(value)

    def write_integer(self, value):
        if 0 <= value < 1 << 8:
            self.out += b"K" + struct.pack("<B", value)
        elif 0 <= value < 1 << 16:
            self.out += b"M" + struct.pack("<H", value)
        elif -(1 << 31) <= value < 1 << 31:
            self.out += b"J" + struct.pack("<i", value)
        else:
            digits = value.to_bytes(value.bit_length() // 8 + 1, "little", signed=True)
            self.out += b"\x8a" + struct.pack("<B", len(digits)) + digits

    def write_tuple(self, items):
        if not items:
            self.out += b")"
        else:
            self.out += b"(" if len(items) > 3 else b""
            for item in items:
                self.write(item)
            self.out += {1: b"\x85", 2: b"\x86", 3: b"\x87"}.get(len(items), b"t")

    def write_str(self, value):
        text = value.encode()
        self.out += b"X" + struct.pack("<I", len(text)) + text
        self.remember(value)

    def write_list(self, items):
        self.out += b"]"
        self.remember(items)
        self.write_items(items, b"a", b"e")

    def write_dict(self, items):
        self.out += b"}"
        self.remember(items)
        self.write_items([part for pair in items.items() for part in pair], b"s", b"u", 2)

    def write_items(self, parts, one, many, width=1):
        if parts:
            self.out += b"(" if len(parts) > width else b""
            for part in parts:
                self.write(part)
            self.out += many if len(parts) > width else one

    def write_global(self, value):
        self.out += f"c{value.module}\n{value.name}\n".encode()
        self.remember(value)

    def write_record(self, value):
        self.write(value.of)
        self.out += b")\x81"
        self.remember(value)
        self.write(value.state)
        self.out += b"b"

    def write_call(self, value):
        self.write(value.function)
        self.write(value.arguments)
        self.out += b"R"
        self.remember(value)

    def write_tensor(self, value):
        number = math.prod(value.shape)
        storage = ("storage", Global("torch", STORAGES[value.type]), str(len(self.tensors)), "cpu", number)
        self.tensors.append(value)
        self.write(Global("torch._utils", "_rebuild_tensor_v2"))
        self.out += b"("
        self.write(storage)
        self.out += b"Q"
        strides = tuple(math.prod(value.shape[axis + 1 :]) for axis in range(len(value.shape)))
        hooks = Call(Global("collections", "OrderedDict"), ())
        for argument in (0, value.shape, strides, False, hooks):
            self.write(argument)
        self.out += b"tR"
        self.remember(value)

    def recall(self, value):
        number = self.memory.get(self.key(value))
        if number is None:
            return False
        self.out += b"h" + struct.pack("<B", number) if number < 256 else b"j" + struct.pack("<I", number)
        return True

    def remember(self, value):
        number = self.memory[self.key(value)] = len(self.memory)
        self.out += b"q" + struct.pack("<B", number) if number < 256 else b"r" + struct.pack("<I", number)

    def key(self, value):
        """The memo key: equal immutable values, and identical mutable ones, are written once."""
        if isinstance(value, (str, Global)):
            return value
        self.kept.append(value)
        return id(value)


def save(path, value):
    """Writes a value and its tensors, one at a time."""
    pickle = Pickle()
    pickled = pickle.finish(value)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
        add = lambda name, data: store(archive, f"{path.stem}/{name}", data)
        add("data.pkl", pickled)
        add(".format_version", b"1")
        add(".storage_alignment", str(ALIGNMENT).encode())
        add("byteorder", b"little")
        for number, tensor in enumerate(pickle.tensors):
            add(f"data/{number}", tensor.bytes())
        add("version", b"3\n")


def store(archive, name, data):
    """An entry with its data aligned to `ALIGNMENT` bytes."""
    begin = archive.fp.tell() + HEADER + len(name.encode()) + 4
    padding = -begin % ALIGNMENT
    entry = zipfile.ZipInfo(name)
    entry.extra = b"FB" + struct.pack("<H", padding) + b"Z" * padding
    archive.writestr(entry, data)
