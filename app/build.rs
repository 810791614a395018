//! Turns `locales/` into the module `i18n`, so that a missing or misspelt text does not compile.

use leptos_i18n_parser::parse_locales::{
    options::{Config, ParseOptions},
    parse_locales,
};
use std::{error::Error, fs, path::PathBuf};

const NAMESPACES: [&str; 9] = [
    "common",
    "session",
    "settings",
    "customers",
    "imports",
    "exports",
    "consent",
    "messaging",
    "conversations",
];

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=locales");
    let folder =
        PathBuf::from(std::env::var_os("OUT_DIR").ok_or("OUT_DIR is not set")?).join("i18n");
    let config = Config::new("en")?
        .add_locale("fr")?
        .add_namespaces(NAMESPACES)?
        .parse_options(ParseOptions::default().interpolate_display(true));
    let locales = parse_locales(None, config)?;
    for error in locales.diag.errors().iter() {
        println!("cargo::error={error}");
    }
    for warning in locales.diag.warnings().iter() {
        println!("cargo::warning={warning}");
    }
    // The generated code is not written to our lints.
    let quiet = "#![allow(warnings, clippy::all, clippy::pedantic, clippy::restriction)]"
        .parse()
        .map_err(|_| "not tokens")?;
    let code = leptos_i18n_codegen::gen_code(&locales, None, false, Some(&quiet), false)?;
    fs::create_dir_all(&folder)?;
    fs::write(folder.join("mod.rs"), code.to_string())?;
    Ok(())
}
