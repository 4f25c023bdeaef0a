//! Elements of known residues: ions, waters, biopolymers, lipids, cofactors.
//!
//! Names are those of the Chemical Component Dictionary of the PDB and of the force fields AMBER,
//! CHARMM, GROMOS and OPLS as their programs write them.

use crate::chem::Element;

/// Elements of proteins, nucleic acids, lipids and sugars.
const ORGANIC: &[Element] = &[
    Element::H,
    Element::C,
    Element::N,
    Element::O,
    Element::P,
    Element::S,
];
const SELENIUM: &[Element] = &[Element::H, Element::C, Element::N, Element::O, Element::SE];
const HEME: &[Element] = &[
    Element::H,
    Element::C,
    Element::N,
    Element::O,
    Element::S,
    Element::FE,
];
const CHLOROPHYLL: &[Element] = &[Element::H, Element::C, Element::N, Element::O, Element::MG];

/// Ions with names other than their symbols in CHARMM and AMBER; `name` in capitals.
pub(super) fn ion(name: &str) -> Option<Element> {
    Some(match name {
        "SOD" | "NAP" | "NIO" => Element::NA,
        "CLA" | "CHL" | "CIM" => Element::CL,
        "POT" | "KAL" => Element::K,
        "CAL" | "CAM" => Element::CA,
        "LIT" => Element::LI,
        "RUB" => Element::RB,
        "CES" | "CIO" => Element::CS,
        "BAR" => Element::BA,
        "MAG" | "MGM" => Element::MG,
        "ZIN" => Element::ZN,
        "IOD" => Element::I,
        "BRO" => Element::BR,
        _ => return None,
    })
}

/// Whether a residue is water.
pub(super) fn is_water(residue: &str) -> bool {
    const WATERS: [&str; 36] = [
        "HOH", "WAT", "H2O", "DOD", "D2O", "SOL", "W", "HO4", "OH2", "TIP", "TIP2", "TIP3", "TIP4",
        "TIP5", "TIP6", "T3P", "T4P", "T5P", "TP3", "TP4", "TP5", "TP3M", "T3H", "T4H", "T4E",
        "TPE", "SPC", "SPCE", "SPE", "SPF", "OPC", "OPC3", "SWM4", "SWM6", "WTR", "FB3",
    ];
    WATERS.contains(&residue)
}

/// The elements of a residue; `None` if unknown.
pub(super) fn elements(residue: &str) -> Option<&'static [Element]> {
    match residue {
        "MSE" | "SEC" | "CSE" => Some(SELENIUM),
        "HEM" | "HEC" | "HEA" | "HEB" | "HEME" | "HEMO" | "HEMR" => Some(HEME),
        "CLA" | "CHL" | "BCL" | "CL7" => Some(CHLOROPHYLL),
        _ if is_organic(residue) => Some(ORGANIC),
        _ => None,
    }
}

fn is_organic(residue: &str) -> bool {
    // AMBER marks the ends of chains: NALA, CALA, DA5, RU3.
    let end = |first: char| matches!(first, 'N' | 'C');
    let amino_acid = residue.strip_prefix(end).filter(|rest| rest.len() >= 3);
    let nucleotide = residue.strip_suffix(['3', '5', 'N']);
    AMINO_ACIDS.contains(&residue)
        || amino_acid.is_some_and(|rest| AMINO_ACIDS.contains(&rest))
        || NUCLEOTIDES.contains(&residue)
        || nucleotide.is_some_and(|rest| NUCLEOTIDES.contains(&rest))
        || OTHERS.contains(&residue)
}

/// Amino acids, their states of protonation, their common modifications and caps.
#[rustfmt::skip]
const AMINO_ACIDS: &[&str] = &[
    "ALA", "ARG", "ASN", "ASP", "CYS", "GLN", "GLU", "GLY", "HIS", "ILE", "LEU", "LYS", "MET", "PHE",
    "PRO", "SER", "THR", "TRP", "TYR", "VAL", "ASX", "GLX", "UNK", "PYL",
    "HID", "HIE", "HIP", "HSD", "HSE", "HSP", "HISD", "HISE", "HISH", "HISP", "HISA", "HISB", "HIS1", "HIS2",
    "CYX", "CYM", "CYN", "CYS1", "CYS2", "CYSH", "ASH", "ASPH", "ASPP", "GLH", "GLUH", "GLUP",
    "LYN", "LYSH", "LSN", "ARN", "ARGN", "TYM", "ORN", "NLE", "NVA", "ABA", "AIB", "SAR", "HYP", "DAB",
    "SEP", "TPO", "PTR", "S1P", "S2P", "T1P", "T2P", "Y1P", "Y2P", "SP1", "SP2", "HIP1", "NEP",
    "KCX", "MLY", "MLZ", "M3L", "M2L", "ALY", "LLP", "PCA", "FME", "CGU", "TYS", "CSO", "CSD", "CSX", "CSS",
    "OCS", "CME", "CAS", "CRO", "CSH", "DAL", "DAR", "DSG", "DAS", "DCY", "DGN", "DGL", "DHI", "DIL", "DLE",
    "DLY", "MED", "DPN", "DPR", "DSN", "DTH", "DTR", "DTY", "DVA",
    "ACE", "NME", "NMA", "NH2", "NHE", "FOR", "CT1", "CT2", "CT3", "NAC", "ACP",
];

/// Nucleotides.
#[rustfmt::skip]
const NUCLEOTIDES: &[&str] = &[
    "A", "C", "G", "U", "T", "I", "N", "DA", "DC", "DG", "DT", "DU", "DI", "DN", "RA", "RC", "RG", "RU",
    "ADE", "CYT", "GUA", "THY", "URA", "PSU", "5MC", "5MU", "1MA", "2MG", "7MG", "M2G", "OMC", "OMG", "H2U", "YYG",
];

/// Lipids, sugars, cofactors, buffers and solvents.
#[rustfmt::skip]
const OTHERS: &[&str] = &[
    "POPC", "POPE", "POPG", "POPS", "POPA", "POPI", "DPPC", "DPPE", "DPPG", "DPPS", "DPPA", "DOPC", "DOPE",
    "DOPG", "DOPS", "DOPA", "DMPC", "DMPE", "DMPG", "DMPS", "DMPA", "DLPC", "DLPE", "DLPG", "DLPS", "DSPC",
    "DSPE", "DSPG", "DSPS", "PLPC", "PAPC", "SAPC", "SDPC", "SOPC", "SOPE", "SOPS", "TOCL", "PSM", "SSM", "PAL",
    "POP", "DPP", "DOP", "DMP", "DPC", "LDAO", "LDA", "SDS", "BOG", "CHL1", "CHOL", "CLR", "ERG", "OLA", "PLM",
    "STE", "MYR", "PA", "PC", "PE", "PS", "PGR", "OL", "MY", "LAL", "ST", "AR", "CHS", "PEA", "PCW", "PEE",
    "NAG", "NDG", "MAN", "BMA", "GLC", "BGC", "GAL", "GLA", "FUC", "FUL", "SIA", "XYS", "XYP", "RIB", "FRU",
    "SUC", "MAL", "LAT", "TRE", "SGN", "IDS", "GCU", "BDP", "GLUA",
    "ATP", "ADP", "AMP", "GTP", "GDP", "5GP", "GNP", "ANP", "AGS", "CTP", "UTP", "UDP", "UMP", "TTP", "NAD",
    "NAI", "NDP", "FAD", "FMN", "COA", "ACO", "SAM", "SAH", "PLP", "PMP", "TPP", "BTN", "GSH", "GTT", "FOL",
    "MTX", "RET", "GOL", "EDO", "PEG", "PGE", "1PE", "P6G", "MPD", "DMS", "TRS", "EPE", "MES", "CIT", "FLC",
    "ACT", "ACY", "FMT", "BME", "DTT", "IMD", "IPA", "EOH", "MOH", "SO4", "PO4", "PI", "NO3", "NH4", "CO3",
    "BCT", "CO2", "AZI", "SCN", "OXY", "PER", "NO", "CMO", "CYN", "URE", "GAI", "TAR", "MLI", "SIN", "MLT", "OXL",
];
