//! File cycles: no file of a crate imports from a file that imports from it, directly or indirectly.

use std::collections::{BTreeMap, BTreeSet};

use crate::paths::paths;
use crate::sources::{Source, assert_none, sources};

#[test]
fn files_import_in_one_direction() {
    let cycles = cycles(&sources());
    let found: Vec<String> = cycles.iter().map(|cycle| cycle.join(" ↔ ")).collect();
    assert_none(&found);
}

#[test]
fn direct_and_indirect_cycles_are_found() {
    let source = |name: &str, text: &str| Source {
        name: format!("crates/x/src/{name}"),
        text: text.to_owned(),
    };
    let count = |sources: &[Source]| cycles(sources).len();
    let lib = || source("lib.rs", "mod a; mod b; mod c; pub use b::B;");
    let pair = [
        lib(),
        source("a.rs", "use crate::b::B; pub struct A;"),
        source("b.rs", "use super::a::A; pub struct B;"),
    ];
    assert_eq!(count(&pair), 1);
    let around = [
        lib(),
        source("a.rs", "use crate::b::B;"),
        source("b.rs", "fn f() { crate::c::g() }"),
        source("c.rs", "use crate::a;"),
    ];
    assert_eq!(cycles(&around)[0].len(), 3);
    let by_re_export = [
        lib(),
        source("a.rs", "use crate::B;"),
        source("b.rs", "pub struct B;"),
    ];
    assert_eq!(count(&by_re_export), 0);
    let parent = [
        source("lib.rs", "mod a; pub struct Base; fn f() { a::g() }"),
        source("a.rs", "use super::Base;"),
    ];
    assert_eq!(count(&parent), 1);
    let unit_tests = [
        lib(),
        source("a.rs", "use crate::b::B;"),
        source("b.rs", "#[cfg(test)]\nmod tests { use crate::a::A; }"),
    ];
    assert_eq!(count(&unit_tests), 0);
}

/// Sets of files that import from each other, sorted.
fn cycles(sources: &[Source]) -> Vec<Vec<String>> {
    let modules: BTreeMap<String, Module> = sources.iter().map(Module::of).collect();
    let imports: BTreeMap<&str, BTreeSet<&str>> = modules
        .iter()
        .map(|(path, module)| (path.as_str(), module.imports(path, &modules)))
        .collect();
    let reached: BTreeMap<&str, BTreeSet<&str>> = imports
        .keys()
        .map(|path| (*path, reachable(path, &imports)))
        .collect();
    let mut found = BTreeSet::new();
    for (path, targets) in &reached {
        let is_mutual = |other: &&&str| reached[**other].contains(path);
        let cycle = targets.iter().filter(is_mutual);
        let cycle: BTreeSet<&str> = cycle.copied().chain([*path]).collect();
        if cycle.len() > 1 {
            found.insert(cycle);
        }
    }
    let file = |path: &str| modules[path].file.clone();
    found
        .into_iter()
        .map(|cycle| cycle.into_iter().map(file).collect())
        .collect()
}

/// The modules that a module imports from, directly or indirectly.
fn reachable<'a>(from: &str, imports: &BTreeMap<&'a str, BTreeSet<&'a str>>) -> BTreeSet<&'a str> {
    let mut found = BTreeSet::new();
    let mut open: Vec<&str> = imports[from].iter().copied().collect();
    while let Some(next) = open.pop() {
        if found.insert(next) {
            open.extend(&imports[next]);
        }
    }
    found
}

/// A file as a module; its path is the crate's folder and the modules, joined by `::`.
struct Module {
    file: String,
    /// Paths that its code names, re-exports left out.
    named: Vec<Vec<String>>,
    /// Paths that it re-exports, by their last step.
    re_exports: BTreeMap<String, Vec<String>>,
}

impl Module {
    fn of(source: &Source) -> (String, Module) {
        let (root, inside) = match source.name.split_once("/src/") {
            Some((root, inside)) => (root, inside),
            None => ("program", source.name.trim_start_matches("src/")),
        };
        let mut steps = vec![root];
        steps.extend(inside.trim_end_matches(".rs").split('/'));
        if ["mod", "lib", "main"].contains(steps.last().unwrap()) {
            steps.pop();
        }
        // Paths of macros, `$crate::…`, belong to the places that use them.
        let text = without_visibility(without_tests(&source.text)).replace("$crate", "$");
        let (code, re_exports) = split_re_exports(&text);
        let steps_of = |text: &str| paths(text).into_iter().map(|(_, path)| path);
        let re_exports = steps_of(&re_exports)
            .filter_map(|path| Some((path.last()?.clone(), path)))
            .collect();
        let module = Module {
            file: source.name.clone(),
            named: steps_of(&code).collect(),
            re_exports,
        };
        (steps.join("::"), module)
    }

    /// The modules that define what this module names.
    fn imports<'a>(&self, path: &str, modules: &'a BTreeMap<String, Module>) -> BTreeSet<&'a str> {
        let targets = self
            .named
            .iter()
            .filter_map(|named| definer(path, named, modules, 0));
        targets.filter(|target| *target != path).collect()
    }
}

/// The module that defines what `named` leads to from the module `from`.
fn definer<'a>(
    from: &str,
    named: &[String],
    modules: &'a BTreeMap<String, Module>,
    depth: usize,
) -> Option<&'a str> {
    // A single step is a declaration or a visibility: `mod a`, `pub(crate)`.
    named.get(1)?;
    let first = named[0].as_str();
    let mut steps: Vec<&str> = from.split("::").collect();
    let mut rest = named;
    match first {
        "crate" => steps.truncate(1),
        "self" => {}
        "super" => {
            while rest.first().is_some_and(|step| step == "super") {
                steps.pop();
                rest = &rest[1..];
            }
        }
        child => {
            // A relative path leads out of this file only through a child module.
            modules.get_key_value(&format!("{from}::{child}"))?;
        }
    }
    if ["crate", "self"].contains(&first) {
        rest = &rest[1..];
    }
    let mut path = steps.join("::");
    for (index, step) in rest.iter().enumerate() {
        let child = format!("{path}::{step}");
        if modules.contains_key(&child) {
            path = child;
            continue;
        }
        let re_export = modules.get(&path)?.re_exports.get(step);
        if let Some(target) = re_export.filter(|_| depth < 8) {
            let mut target = target.clone();
            target.extend_from_slice(&rest[index + 1..]);
            return definer(&path, &target, modules, depth + 1);
        }
        break;
    }
    modules.get_key_value(&path).map(|(path, _)| path.as_str())
}

/// A source without its unit tests, which are its last module.
fn without_tests(source: &str) -> &str {
    source
        .find("#[cfg(test)]\nmod tests {")
        .map_or(source, |at| &source[..at])
}

/// A source without the paths of `pub(in path)`.
fn without_visibility(source: &str) -> String {
    let mut parts = source.split("pub(in ");
    let mut found = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        found.push_str("pub");
        found.push_str(part.split_once(')').map_or(part, |(_, rest)| rest));
    }
    found
}

/// A source without its public imports, and these.
fn split_re_exports(source: &str) -> (String, String) {
    let (mut code, mut re_exports) = (String::new(), String::new());
    let mut is_inside = false;
    for line in source.lines() {
        let text = line.trim_start();
        let is_start =
            text.starts_with("pub use ") || (text.starts_with("pub(") && text.contains(") use "));
        is_inside |= is_start;
        let part = if is_inside {
            &mut re_exports
        } else {
            &mut code
        };
        part.push_str(line);
        part.push('\n');
        if is_inside && line.contains(';') {
            is_inside = false;
        }
    }
    (code, re_exports)
}
