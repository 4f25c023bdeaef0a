//! What a pickle says, with nothing of it run.
//!
//! A machine for Python's pickle protocol 2 (`Lib/pickletools.py` in the sources of CPython is its
//! reference) that knows the instructions `torch.save` writes and the few names a UMA inference
//! checkpoint uses. A class becomes a record of what it would have been made with. Work and memory
//! are in proportion to the length of the pickle.

use std::collections::HashMap;

use super::error::CheckpointError;
use super::global::Global;

/// Bytes of a pickle that are read; those of the released models have less than two million.
const LONGEST: usize = 16 << 20;
/// Values that a pickle may make.
const MOST_VALUES: usize = 4 << 20;

/// Things that may be begun within each other.
const DEEPEST: usize = 1 << 12;

/// A value by its place among those of a pickle.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Id(u32);

/// One value; those that it holds are among the same pickle's.
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
    /// What a class would have been made with.
    Record {
        class: Global,
        arguments: Id,
        state: Option<Id>,
    },
    /// A reference to something beside the pickle: a storage.
    Persistent(Id),
}

/// Everything that a pickle says.
pub(super) struct Pickle<'a> {
    values: Vec<Value<'a>>,
    root: Id,
}

impl<'a> Pickle<'a> {
    pub(super) fn read(bytes: &'a [u8]) -> Result<Pickle<'a>, CheckpointError> {
        if bytes.len() > LONGEST {
            let length = bytes.len() >> 20;
            return Err(damaged(&format!("its pickle is {length} MiB long")));
        }
        let mut machine = Machine {
            bytes,
            at: 0,
            values: Vec::new(),
            stack: Vec::new(),
            marks: Vec::new(),
            memo: HashMap::new(),
        };
        while !machine.step()? {}
        let root = machine.pop()?;
        Ok(Pickle {
            values: machine.values,
            root,
        })
    }

    pub(super) fn root(&self) -> &Value<'a> {
        self.value(self.root)
    }

    pub(super) fn value(&self, id: Id) -> &Value<'a> {
        &self.values[id.0 as usize]
    }

    /// The text that a value is.
    pub(super) fn text(&self, id: Id) -> Option<&'a str> {
        match self.value(id) {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }

    /// What a dictionary has under a key; the last one, if there are several.
    pub(super) fn get(&self, dictionary: &Value<'a>, key: &str) -> Option<Id> {
        let Value::Dict(items) = dictionary else {
            return None;
        };
        let found = items.iter().rev().find(|(k, _)| self.text(*k) == Some(key));
        found.map(|(_, value)| *value)
    }
}

struct Machine<'a> {
    bytes: &'a [u8],
    at: usize,
    values: Vec<Value<'a>>,
    stack: Vec<Id>,
    /// Heights of the stack where something was begun.
    marks: Vec<usize>,
    memo: HashMap<u32, Id>,
}

impl<'a> Machine<'a> {
    /// Does one instruction; true after the last.
    fn step(&mut self) -> Result<bool, CheckpointError> {
        let at = self.at;
        let [instruction] = self.array()?;
        match instruction {
            0x80 => self.protocol()?,
            b'.' => return Ok(true),
            b'N' => self.push(Value::None)?,
            0x88 => self.push(Value::Boolean(true))?,
            0x89 => self.push(Value::Boolean(false))?,
            b'K' | b'M' | b'J' | 0x8a => self.integer(instruction)?,
            b'G' => {
                let float = f64::from_be_bytes(self.array()?);
                self.push(Value::Float(float))?;
            }
            b'X' => self.text()?,
            b'(' if self.marks.len() < DEEPEST => self.marks.push(self.stack.len()),
            b'(' => {
                return Err(damaged(
                    "its pickle begins too much before it ends something",
                ));
            }
            b')' => self.push(Value::Tuple(Vec::new()))?,
            0x85..=0x87 => {
                let items = self.pop_many(usize::from(instruction - 0x84))?;
                self.push(Value::Tuple(items))?;
            }
            b't' => {
                let items = self.pop_to_mark()?;
                self.push(Value::Tuple(items))?;
            }
            b']' => self.push(Value::List(Vec::new()))?,
            b'}' => self.push(Value::Dict(Vec::new()))?,
            b'a' | b'e' => self.append(instruction == b'e')?,
            b's' | b'u' => self.set(instruction == b'u')?,
            b'q' | b'r' => {
                let (place, value) = (self.place(instruction == b'r')?, self.top()?);
                self.memo.insert(place, value);
            }
            b'h' | b'j' => {
                let place = self.place(instruction == b'j')?;
                let value = self.memo.get(&place).copied();
                self.stack.push(value.ok_or_else(contradiction)?);
            }
            b'c' => {
                let (module, name) = (self.line()?, self.line()?);
                self.push(Value::Global(Global::named(module, name)?))?;
            }
            b'R' | 0x81 => self.make(instruction == b'R')?,
            b'b' => self.build()?,
            b'Q' => {
                let reference = self.pop()?;
                self.push(Value::Persistent(reference))?;
            }
            other => {
                let what = format!("the pickle instruction 0x{other:02x} (at byte {at})");
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

    fn integer(&mut self, instruction: u8) -> Result<(), CheckpointError> {
        let integer = match instruction {
            b'K' => i64::from(u8::from_le_bytes(self.array()?)),
            b'M' => i64::from(u16::from_le_bytes(self.array()?)),
            b'J' => i64::from(i32::from_le_bytes(self.array()?)),
            _ => {
                let [width] = self.array()?;
                let digits = self.take(usize::from(width))?;
                let sign = digits.last().map_or(0, |last| 0xff * (last >> 7));
                let mut bytes = [sign; 8];
                let Some(place) = bytes.get_mut(..digits.len()) else {
                    return Err(CheckpointError::foreign("a number of more than 64 bits"));
                };
                place.copy_from_slice(digits);
                i64::from_le_bytes(bytes)
            }
        };
        self.push(Value::Integer(integer))
    }

    fn text(&mut self) -> Result<(), CheckpointError> {
        let length = u32::from_le_bytes(self.array()?) as usize;
        let text = std::str::from_utf8(self.take(length)?);
        self.push(Value::Text(text.map_err(|_| contradiction())?))
    }

    fn append(&mut self, many: bool) -> Result<(), CheckpointError> {
        let items = self.operands(many, 1)?;
        match self.top_value()? {
            Value::List(list) => list.extend(items),
            _ => return Err(contradiction()),
        }
        Ok(())
    }

    fn set(&mut self, many: bool) -> Result<(), CheckpointError> {
        let items = self.operands(many, 2)?;
        let (pairs, []) = items.as_chunks() else {
            return Err(contradiction());
        };
        match self.top_value()? {
            Value::Dict(dictionary) => dictionary.extend(pairs.iter().map(|[k, v]| (*k, *v))),
            _ => return Err(contradiction()),
        }
        Ok(())
    }

    /// What Python would have called (`REDUCE`) or made (`NEWOBJ`).
    fn make(&mut self, called: bool) -> Result<(), CheckpointError> {
        let (arguments, class) = (self.pop()?, self.pop()?);
        let Value::Global(class) = self.values[class.0 as usize] else {
            return Err(contradiction());
        };
        if !matches!(self.values[arguments.0 as usize], Value::Tuple(_)) {
            return Err(contradiction());
        }
        let made = match class {
            Global::OrderedDict | Global::DefaultDict | Global::Dict => Value::Dict(Vec::new()),
            Global::List => Value::List(Vec::new()),
            _ if class.is_made(called) => Value::Record {
                class,
                arguments,
                state: None,
            },
            _ => return Err(CheckpointError::foreign(format!("a call of {class}"))),
        };
        self.push(made)
    }

    /// What a record holds. Attributes of a dictionary (`_metadata` of a state dictionary) say
    /// nothing about its items.
    fn build(&mut self) -> Result<(), CheckpointError> {
        let given = self.pop()?;
        match self.top_value()? {
            Value::Record { state, .. } => *state = Some(given),
            Value::Dict(_) => {}
            _ => return Err(contradiction()),
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

    fn place(&mut self, wide: bool) -> Result<u32, CheckpointError> {
        if wide {
            Ok(u32::from_le_bytes(self.array()?))
        } else {
            Ok(u32::from(u8::from_le_bytes(self.array()?)))
        }
    }

    fn push(&mut self, value: Value<'a>) -> Result<(), CheckpointError> {
        if self.values.len() == MOST_VALUES {
            return Err(damaged("its pickle makes too many values"));
        }
        // MOST_VALUES fits 32 bits.
        self.stack.push(Id(self.values.len() as u32));
        self.values.push(value);
        Ok(())
    }

    fn top(&self) -> Result<Id, CheckpointError> {
        let begun = self.marks.last().copied().unwrap_or(0);
        let top = self.stack[begun..].last().copied();
        top.ok_or_else(contradiction)
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
        let begun = self.marks.last().copied().unwrap_or(0);
        match self.stack.len().checked_sub(count) {
            Some(rest) if rest >= begun => Ok(self.stack.split_off(rest)),
            _ => Err(contradiction()),
        }
    }

    fn pop_to_mark(&mut self) -> Result<Vec<Id>, CheckpointError> {
        let mark = self.marks.pop().ok_or_else(contradiction)?;
        Ok(self.stack.split_off(mark))
    }

    fn line(&mut self) -> Result<&'a str, CheckpointError> {
        let rest = &self.bytes[self.at..];
        let length = memchr::memchr(b'\n', rest).ok_or_else(cut)?;
        let line = std::str::from_utf8(self.take(length)?);
        self.at += 1;
        line.map_err(|_| contradiction())
    }

    fn array<const N: usize>(&mut self) -> Result<[u8; N], CheckpointError> {
        let bytes = self.take(N)?.first_chunk();
        bytes.copied().ok_or_else(cut)
    }

    fn take(&mut self, count: usize) -> Result<&'a [u8], CheckpointError> {
        let (taken, _) = self.bytes[self.at..]
            .split_at_checked(count)
            .ok_or_else(cut)?;
        self.at += count;
        Ok(taken)
    }
}

fn damaged(what: &str) -> CheckpointError {
    CheckpointError::damaged(what)
}

fn cut() -> CheckpointError {
    damaged("its pickle ends in the middle")
}

fn contradiction() -> CheckpointError {
    damaged("its pickle contradicts itself")
}
