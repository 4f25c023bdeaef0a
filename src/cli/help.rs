//! Text around the lists of arguments: how to name structures, file formats, exit codes; colors.

use clap::builder::styling::{AnsiColor, Styles};
use mlipview_core::chem::format::{Compression, Format, FormatInfo};

pub(super) const STYLES: Styles = Styles::styled()
    .header(AnsiColor::Green.on_default().bold())
    .usage(AnsiColor::Green.on_default().bold())
    .literal(AnsiColor::Cyan.on_default().bold());

const STRUCTURES: &str = "\
Structures: FILE, FILE@N or FILE@A:B:C (frames, as in ASE) [default: last frame]; library:KEY for a \
built-in structure (KEY alone if there is no such file); smiles:TEXT for a molecule. Units: Å, eV, fs, \
amu, K, e; velocities in Å/fs, pressures in bar.

Environment: MLIPVIEW_MODELS is the models folder. MLIPVIEW_CPU=avx512|avx2|portable forces a set of \
vector instructions [default: best available].";

const EXIT_CODES: &str = "\
Exit codes: 0 done, 1 failed, 2 invalid arguments, 3 relaxation not converged, 130 interrupted \
(results so far are saved).";

/// Text below the arguments of `mlipview --help`.
pub(super) fn epilogue() -> String {
    let list = |include: fn(&FormatInfo) -> bool| -> String {
        let infos = Format::all().map(Format::info);
        let listed = infos.filter(|info| include(info) && !info.extensions.is_empty());
        let texts = listed.map(|info| format!("{} (.{})", info.title, info.extensions.join(", .")));
        texts.collect::<Vec<String>>().join(", ")
    };
    let compressed = Compression::ALL.map(Compression::extension).join(", .");
    format!(
        "{STRUCTURES}\n\nFormats: {}. Only read: {}. The format follows from the file name, or else \
         from the content; any file may be compressed (.{compressed}).\n\n{EXIT_CODES}",
        list(FormatInfo::is_written),
        list(|info| !info.is_written()),
    )
}
