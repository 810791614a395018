//! Demo.
use crate::config::Config;
use service::Services;
pub async fn load(_: &Services, _: &Config) -> anyhow::Result<String> {
    Ok(String::new())
}
