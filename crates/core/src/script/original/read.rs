//! Reader of control messages.

use std::collections::HashSet;

use serde_json::Value;

use super::read_action::action;
use super::{Notes, Read};
use crate::json::{Cursor, JsonError};
use crate::script::{
    FrameRange, FrameReference, MAX_ACTIONS, MAX_MESSAGES, MAX_TEXT, Message, Script,
};

/// Reads control messages about a number of atoms, with notes about what is left out: unknown actions, and
/// atoms that do not exist.
///
/// # Errors
/// If a value has another type than in the format; the path begins with `path`.
pub fn read(
    messages: &Value,
    path: &str,
    atoms: usize,
) -> Result<(Script, Vec<String>), JsonError> {
    let mut notes = Notes::new();
    let mut ids = HashSet::new();
    let mut read = Vec::new();
    for (index, item) in Cursor::new(messages, path).items(MAX_MESSAGES)?.enumerate() {
        let mut message = message(&item, index, atoms, &mut notes)?;
        let stated = message.id.clone();
        let mut number = 2;
        while !ids.insert(message.id.clone()) {
            message.id = format!("{stated} ({number})");
            number += 1;
        }
        if message.id != stated {
            let path = item.path_of("id");
            notes.add(format!(
                "{path}: {stated:?} is used twice; renamed to {:?}",
                message.id
            ));
        }
        read.push(message);
    }
    Ok((Script { messages: read }, notes.list))
}

fn message(item: &Cursor, index: usize, atoms: usize, notes: &mut Notes) -> Read<Message> {
    let text = |key: &str| -> Read<Option<String>> {
        let text = item.object()?.get(key).map(|it| it.text(MAX_TEXT));
        let text = text.transpose()?.filter(|text| !text.is_empty());
        Ok(text.map(str::to_owned))
    };
    let mut actions = Vec::new();
    if let Some(list) = item.object()?.get("actions") {
        for item in list.items(MAX_ACTIONS)? {
            actions.extend(action(&item, atoms, notes)?);
        }
    }
    Ok(Message {
        id: text("id")?.unwrap_or_else(|| format!("control-{index}")),
        label: text("label")?,
        notes: text("notes")?,
        priority: item
            .get("priority")
            .map_or(Ok(0.0), |priority| priority.number())?,
        range: item
            .get("range")
            .map_or(Ok(FrameRange::default()), |it| range(&it))?,
        actions,
    })
}

fn range(range: &Cursor) -> Read<FrameRange> {
    let end = range.object()?.get("end");
    let inclusive = match &end {
        Some(end) => end
            .object()?
            .get("inclusive")
            .map(|it| it.flag())
            .transpose()?,
        None => None,
    };
    let reference = |end: Option<Cursor>| match end {
        Some(end) => frame_reference(&end),
        None => Ok(None),
    };
    Ok(FrameRange {
        start: reference(range.get("start"))?,
        end: reference(end)?,
        without_end: inclusive == Some(false),
    })
}

/// A frame by its id, index or offset; `None` if nothing is stated.
pub(crate) fn frame_reference(frame: &Cursor) -> Read<Option<FrameReference>> {
    let id = frame.object()?.get("frameId");
    let id = id.map(|id| id.text(MAX_TEXT)).transpose()?;
    let number = |key: &str| frame.get(key).map(|it| it.floor()).transpose();
    let reference = FrameReference {
        id: id.filter(|id| !id.is_empty()).map(str::to_owned),
        index: number("frameIndex")?,
        offset: number("offset")?,
    };
    Ok((reference != FrameReference::default()).then_some(reference))
}
