//! A parser of pickles that runs no code.
//!
//! An interpreter of Python's pickle protocol 2 (reference: `Lib/pickletools.py` of CPython), limited
//! to the opcodes that `torch.save` writes and the names that a UMA inference checkpoint uses. An
//! object becomes a record of its class and arguments. Time and memory are proportional to the length
//! of the pickle.

use std::collections::HashMap;

use super::error::CheckpointError;
use super::global::Global;

/// Maximum length of a pickle, bytes; those of the released models have less than two million.
const MAX_LENGTH: usize = 16 << 20;
/// Maximum number of values.
const MAX_VALUES: usize = 4 << 20;

/// Maximum number of open marks.
const MAX_DEPTH: usize = 1 << 12;

/// The index of a value of a pickle.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Id(u32);

/// One value; its items are other values of the same pickle.
#[derive(Clone, Debug)]
pub(super) enum Value<'a> {
    None,
    Boolean(bool),
    Integer(i64),
    Float(f64),
    Text(&'a str),
    Tuple(Vec<Id>),
    List(Vec<Id>),
    Dict(Vec<(Id, Id)>),
    Global(Global),
    /// An object that Python would have constructed.
    Record {
        class: Global,
        arguments: Id,
        state: Option<Id>,
    },
    /// A reference to data outside the pickle: a storage.
    Persistent(Id),
}

/// The values of a pickle.
pub(super) struct Pickle<'a> {
    values: Vec<Value<'a>>,
    root: Id,
}

impl<'a> Pickle<'a> {
    /// Parses a pickle.
    ///
    /// # Errors
    /// If it is damaged, or uses an opcode or a name that is not supported.
    pub(super) fn read(bytes: &'a [u8]) -> Result<Pickle<'a>, CheckpointError> {
        if bytes.len() > MAX_LENGTH {
            let length = bytes.len() >> 20;
            return Err(damaged(&format!("its pickle is {length} MiB long")));
        }
        let mut interpreter = Interpreter {
            bytes,
            at: 0,
            values: Vec::new(),
            stack: Vec::new(),
            marks: Vec::new(),
            memo: HashMap::new(),
        };
        while !interpreter.step()? {}
        let root = interpreter.pop()?;
        Ok(Pickle {
            values: interpreter.values,
            root,
        })
    }

    pub(super) fn root(&self) -> &Value<'a> {
        self.value(self.root)
    }

    pub(super) fn value(&self, id: Id) -> &Value<'a> {
        &self.values[id.0 as usize]
    }

    /// A value as a string, if it is one.
    pub(super) fn text(&self, id: Id) -> Option<&'a str> {
        match self.value(id) {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The value of a dictionary's key; the last one, if there are several.
    pub(super) fn get(&self, dictionary: &Value<'a>, key: &str) -> Option<Id> {
        let Value::Dict(items) = dictionary else {
            return None;
        };
        let found = items.iter().rev().find(|(k, _)| self.text(*k) == Some(key));
        found.map(|(_, value)| *value)
    }
}

/// The interpreter.
struct Interpreter<'a> {
    bytes: &'a [u8],
    at: usize,
    values: Vec<Value<'a>>,
    stack: Vec<Id>,
    /// Heights of the stack at the open marks.
    marks: Vec<usize>,
    memo: HashMap<u32, Id>,
}

impl<'a> Interpreter<'a> {
    /// Executes one opcode; returns whether it was the last.
    fn step(&mut self) -> Result<bool, CheckpointError> {
        let at = self.at;
        let [opcode] = self.array()?;
        match opcode {
            0x80 => self.protocol()?,
            b'.' => return Ok(true),
            b'N' => self.push(Value::None)?,
            0x88 => self.push(Value::Boolean(true))?,
            0x89 => self.push(Value::Boolean(false))?,
            b'K' | b'M' | b'J' | 0x8a => self.integer(opcode)?,
            b'G' => {
                let float = f64::from_be_bytes(self.array()?);
                self.push(Value::Float(float))?;
            }
            b'X' => self.text()?,
            b'(' if self.marks.len() < MAX_DEPTH => self.marks.push(self.stack.len()),
            b'(' => {
                return Err(damaged("its pickle has too many open marks"));
            }
            b')' => self.push(Value::Tuple(Vec::new()))?,
            0x85..=0x87 => {
                let items = self.pop_many(usize::from(opcode - 0x84))?;
                self.push(Value::Tuple(items))?;
            }
            b't' => {
                let items = self.pop_to_mark()?;
                self.push(Value::Tuple(items))?;
            }
            b']' => self.push(Value::List(Vec::new()))?,
            b'}' => self.push(Value::Dict(Vec::new()))?,
            b'a' | b'e' => self.append(opcode == b'e')?,
            b's' | b'u' => self.set(opcode == b'u')?,
            b'q' | b'r' => {
                let (key, value) = (self.memo_key(opcode == b'r')?, self.top()?);
                self.memo.insert(key, value);
            }
            b'h' | b'j' => {
                let key = self.memo_key(opcode == b'j')?;
                let value = self.memo.get(&key).copied();
                self.stack.push(value.ok_or_else(inconsistent)?);
            }
            b'c' => {
                let (module, name) = (self.line()?, self.line()?);
                self.push(Value::Global(Global::named(module, name)?))?;
            }
            b'R' | 0x81 => self.construct(opcode == b'R')?,
            b'b' => self.build()?,
            b'Q' => {
                let reference = self.pop()?;
                self.push(Value::Persistent(reference))?;
            }
            other => {
                let what = format!("the pickle opcode 0x{other:02x} (at byte {at})");
                return Err(CheckpointError::foreign(what));
            }
        }
        Ok(false)
    }

    fn protocol(&mut self) -> Result<(), CheckpointError> {
        match self.array()? {
            [2] => Ok(()),
            [other] => Err(CheckpointError::foreign(format!(
                "pickle protocol {other}, where torch.save writes 2"
            ))),
        }
    }

    fn integer(&mut self, opcode: u8) -> Result<(), CheckpointError> {
        let integer = match opcode {
            b'K' => i64::from(u8::from_le_bytes(self.array()?)),
            b'M' => i64::from(u16::from_le_bytes(self.array()?)),
            b'J' => i64::from(i32::from_le_bytes(self.array()?)),
            _ => {
                let [width] = self.array()?;
                let digits = self.take(usize::from(width))?;
                let sign = digits.last().map_or(0, |last| 0xff * (last >> 7));
                let mut bytes = [sign; 8];
                let Some(low) = bytes.get_mut(..digits.len()) else {
                    return Err(CheckpointError::foreign("a number of more than 64 bits"));
                };
                low.copy_from_slice(digits);
                i64::from_le_bytes(bytes)
            }
        };
        self.push(Value::Integer(integer))
    }

    fn text(&mut self) -> Result<(), CheckpointError> {
        let length = u32::from_le_bytes(self.array()?) as usize;
        let text = std::str::from_utf8(self.take(length)?);
        self.push(Value::Text(text.map_err(|_| inconsistent())?))
    }

    fn append(&mut self, many: bool) -> Result<(), CheckpointError> {
        let items = self.operands(many, 1)?;
        match self.top_value()? {
            Value::List(list) => list.extend(items),
            _ => return Err(inconsistent()),
        }
        Ok(())
    }

    fn set(&mut self, many: bool) -> Result<(), CheckpointError> {
        let items = self.operands(many, 2)?;
        let (pairs, []) = items.as_chunks() else {
            return Err(inconsistent());
        };
        match self.top_value()? {
            Value::Dict(dictionary) => dictionary.extend(pairs.iter().map(|[k, v]| (*k, *v))),
            _ => return Err(inconsistent()),
        }
        Ok(())
    }

    /// A call (`REDUCE`) or a construction (`NEWOBJ`).
    fn construct(&mut self, called: bool) -> Result<(), CheckpointError> {
        let (arguments, class) = (self.pop()?, self.pop()?);
        let Value::Global(class) = self.values[class.0 as usize] else {
            return Err(inconsistent());
        };
        if !matches!(self.values[arguments.0 as usize], Value::Tuple(_)) {
            return Err(inconsistent());
        }
        let value = match class {
            Global::OrderedDict | Global::DefaultDict | Global::Dict => Value::Dict(Vec::new()),
            Global::List => Value::List(Vec::new()),
            _ if class.is_constructed(called) => Value::Record {
                class,
                arguments,
                state: None,
            },
            _ => return Err(CheckpointError::foreign(format!("a call of {class}"))),
        };
        self.push(value)
    }

    /// The state of a record (`BUILD`). Attributes of a dictionary (`_metadata` of a state dictionary)
    /// are ignored.
    fn build(&mut self) -> Result<(), CheckpointError> {
        let given = self.pop()?;
        match self.top_value()? {
            Value::Record { state, .. } => *state = Some(given),
            Value::Dict(_) => {}
            _ => return Err(inconsistent()),
        }
        Ok(())
    }

    fn operands(&mut self, many: bool, one: usize) -> Result<Vec<Id>, CheckpointError> {
        if many {
            self.pop_to_mark()
        } else {
            self.pop_many(one)
        }
    }

    fn memo_key(&mut self, wide: bool) -> Result<u32, CheckpointError> {
        if wide {
            Ok(u32::from_le_bytes(self.array()?))
        } else {
            Ok(u32::from(u8::from_le_bytes(self.array()?)))
        }
    }

    fn push(&mut self, value: Value<'a>) -> Result<(), CheckpointError> {
        if self.values.len() == MAX_VALUES {
            return Err(damaged("its pickle has too many values"));
        }
        // MAX_VALUES fits 32 bits.
        self.stack.push(Id(self.values.len() as u32));
        self.values.push(value);
        Ok(())
    }

    fn top(&self) -> Result<Id, CheckpointError> {
        let mark = self.marks.last().copied().unwrap_or(0);
        let top = self.stack[mark..].last().copied();
        top.ok_or_else(inconsistent)
    }

    fn top_value(&mut self) -> Result<&mut Value<'a>, CheckpointError> {
        let top = self.top()?;
        Ok(&mut self.values[top.0 as usize])
    }

    fn pop(&mut self) -> Result<Id, CheckpointError> {
        let top = self.top()?;
        self.stack.pop();
        Ok(top)
    }

    fn pop_many(&mut self, count: usize) -> Result<Vec<Id>, CheckpointError> {
        let mark = self.marks.last().copied().unwrap_or(0);
        match self.stack.len().checked_sub(count) {
            Some(rest) if rest >= mark => Ok(self.stack.split_off(rest)),
            _ => Err(inconsistent()),
        }
    }

    fn pop_to_mark(&mut self) -> Result<Vec<Id>, CheckpointError> {
        let mark = self.marks.pop().ok_or_else(inconsistent)?;
        Ok(self.stack.split_off(mark))
    }

    fn line(&mut self) -> Result<&'a str, CheckpointError> {
        let rest = &self.bytes[self.at..];
        let length = memchr::memchr(b'\n', rest).ok_or_else(truncated)?;
        let line = std::str::from_utf8(self.take(length)?);
        self.at += 1;
        line.map_err(|_| inconsistent())
    }

    fn array<const N: usize>(&mut self) -> Result<[u8; N], CheckpointError> {
        let bytes = self.take(N)?.first_chunk();
        bytes.copied().ok_or_else(truncated)
    }

    fn take(&mut self, count: usize) -> Result<&'a [u8], CheckpointError> {
        let (taken, _) = self.bytes[self.at..]
            .split_at_checked(count)
            .ok_or_else(truncated)?;
        self.at += count;
        Ok(taken)
    }
}

fn damaged(what: &str) -> CheckpointError {
    CheckpointError::damaged(what)
}

fn truncated() -> CheckpointError {
    damaged("its pickle is truncated")
}

fn inconsistent() -> CheckpointError {
    damaged("its pickle is inconsistent")
}
