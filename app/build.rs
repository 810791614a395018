//! Turns `locales/` into the module `i18n`, so that a missing or misspelt text does not compile.

use leptos_i18n_build::{Config, ParseOptions, TranslationsInfos, options::CodegenOptions};
use std::{error::Error, path::PathBuf};

const NAMESPACES: [&str; 5] = ["common", "session", "settings", "customers", "imports"];

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=locales");
    let module =
        PathBuf::from(std::env::var_os("OUT_DIR").ok_or("OUT_DIR is not set")?).join("i18n");
    let options = ParseOptions::default().interpolate_display(true);
    let config = Config::new("en")?
        .add_locale("fr")?
        .add_namespaces(NAMESPACES)?
        .parse_options(options);
    let translations = TranslationsInfos::parse(config)?;
    translations.emit_diagnostics();
    // The generated code is not written to our lints.
    let quiet = "#![allow(warnings, clippy::all, clippy::pedantic, clippy::allow_attributes)]"
        .parse()
        .map_err(|_| "not tokens")?;
    translations.generate_i18n_module_with_options(
        module,
        CodegenOptions::new().top_level_attributes(Some(quiet)),
    )?;
    Ok(())
}
