//! The table as data.

use outcrop_policy::{Kind, Model, ModelId, TABLE, ThinkingClass, Unasked};

/// A page to compare with the sources, row by row.
#[test]
fn the_table_reads_as_its_sources_say() {
    let mut page = String::new();
    for row in TABLE {
        let efforts = row.efforts.map_or_else(String::new, |efforts| {
            efforts
                .iter()
                .map(|it| it.as_str())
                .collect::<Vec<_>>()
                .join(" ")
        });
        page += &format!(
            "{:22} {:12?} {:25?} {:8?} {:7} {} {} {} {} [{}] {}\n",
            row.name,
            row.class,
            row.unasked,
            row.sampling,
            row.max_output.map_or("-".to_owned(), |it| it.to_string()),
            if row.interleaving_beta {
                "beta"
            } else {
                "-   "
            },
            if row.hides_thinking {
                "hidden"
            } else {
                "shown "
            },
            if row.prefill { "prefill" } else { "-      " },
            if row.on_demand { "bare" } else { "profile" },
            efforts,
            row.profiles.join(" "),
        );
    }
    insta::assert_snapshot!(page);
}

#[test]
fn every_name_leads_to_its_own_row() {
    for row in TABLE {
        let model = Model::resolve(ModelId::new(&format!("anthropic.{}", row.name)), None);
        assert!(
            matches!(model.kind(), Kind::Claude(found) if found == row),
            "{}",
            row.name
        );
    }
}

#[test]
fn rows_do_not_contradict_themselves() {
    for row in TABLE {
        let name = row.name;
        let efforts = row.efforts.unwrap_or_default();
        assert!(efforts.is_sorted(), "{name}: efforts are lowest first");
        let adaptive = matches!(
            row.class,
            ThinkingClass::AdaptiveOnly | ThinkingClass::Deprecated
        );
        assert!(
            adaptive || efforts.is_empty(),
            "{name}: efforts need adaptive thinking"
        );
        assert!(
            adaptive || row.unasked == Unasked::Rests,
            "{name}: only adaptive models think unasked"
        );
        assert!(
            !row.interleaving_beta || row.class == ThinkingClass::Budget,
            "{name}"
        );
        assert!(!row.source.is_empty() && row.date.len() == 10, "{name}");
    }
}
