//! What must hold of whatever is read.

use sheets::{
    detected::Overrides,
    error::{MAX_COLUMNS, MAX_ROWS},
    read,
};

pub(crate) fn check(name: &str, bytes: &[u8]) {
    let Ok(opened) = read::open(name, bytes, &Overrides::default()) else {
        return;
    };
    let (detected, table) = (opened.detected, opened.table);
    assert!(table.columns() <= MAX_COLUMNS);
    assert_eq!(detected.columns.len(), table.columns() as usize);
    assert_eq!(detected.data_rows as usize, opened.data.len());
    assert!(detected.data_rows > 0);
    for row in &opened.data {
        assert!((detected.first_data_line..=detected.last_data_line).contains(&table.line(*row)));
        assert!(table.line(*row) <= MAX_ROWS);
        assert!(!table.is_blank_row(*row));
        for cell in table.cells(*row) {
            std::hint::black_box(cell.text.len());
        }
    }
}
