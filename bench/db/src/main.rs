//! Measures the database part of Regulars on the PostgreSQL of `DATABASE_URL`, which must be empty: `make bench` brings a
//! throw-away one. Prints Markdown and keeps it in bench/results/db.md.

mod changes;
mod commit;
mod people;
mod report;
mod search;
mod shop;
mod staging;

use shop::Shop;
use std::{fs, io::Write, path::Path};

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    #[expect(clippy::disallowed_methods, reason = "this program has one setting")]
    let url = std::env::var("DATABASE_URL")?;
    let shop = Shop::open(&url).await?;
    let mut out = std::io::stdout();
    let mut result = commit::measure(&shop).await?;
    write!(out, "\n{result}")?;
    let changed = changes::measure(&shop).await?;
    writeln!(out, "\n{changed}")?;
    let searched = search::measure(&shop).await?;
    writeln!(out, "\n{searched}")?;
    for part in [changed, searched] {
        result.push('\n');
        result.push_str(&part);
    }

    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../results");
    fs::create_dir_all(&folder)?;
    Ok(fs::write(folder.join("db.md"), result)?)
}
