//! What the list shows, as its URL says it.

use domain::conversation::{ConversationFilter, ConversationQuery};
use serde::{Deserialize, Serialize};

/// Filter and search of the list. Its URL parameters are the only place where they are kept.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(in crate::conversations) struct ListView {
    pub(in crate::conversations) filter: ConversationFilter,
    pub(in crate::conversations) text: String,
}

impl ListView {
    /// Reads the parameters of a URL; one that makes no sense counts as absent.
    pub(in crate::conversations) fn from_params(param: impl Fn(&str) -> Option<String>) -> Self {
        Self {
            filter: param("show")
                .and_then(|key| ConversationFilter::from_key(&key))
                .unwrap_or_default(),
            text: param("q").unwrap_or_default(),
        }
    }

    /// The parameters of the URL; what is as usual is left out.
    pub(in crate::conversations) fn params(&self) -> Vec<(&'static str, String)> {
        let mut params = Vec::new();
        if self.filter != ConversationFilter::default() {
            params.push(("show", self.filter.key().to_owned()));
        }
        if self.is_search() {
            params.push(("q", self.text.trim().to_owned()));
        }
        params
    }

    /// The question to ask for a page of it.
    pub(in crate::conversations) fn query(
        &self,
        after: Option<String>,
        limit: u16,
    ) -> ConversationQuery {
        ConversationQuery {
            filter: self.filter,
            text: self.text.trim().to_owned(),
            after,
            limit,
        }
    }

    pub(in crate::conversations) fn is_search(&self) -> bool {
        !self.text.trim().is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(params: &[(&str, String)]) -> ListView {
        ListView::from_params(|key| {
            params
                .iter()
                .find(|(other, _)| *other == key)
                .map(|(_, value)| value.clone())
        })
    }

    #[test]
    fn every_view_survives_its_url() {
        for filter in ConversationFilter::ALL {
            for text in ["", "0199", "O'Brien & fils, 50%"] {
                let view = ListView {
                    filter: *filter,
                    text: text.to_owned(),
                };
                assert_eq!(read(&view.params()), view);
            }
        }
    }

    #[test]
    fn the_usual_view_has_a_bare_url_and_nonsense_counts_as_absent() {
        assert!(ListView::default().params().is_empty());
        assert_eq!(
            read(&[("show", "everything".to_owned())]),
            ListView::default()
        );
    }
}
