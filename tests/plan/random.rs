//! Random scripts of creates, updates and deletes.

use proptest::prelude::*;

/// Contacts of the account that the scripts touch.
const SEEDED: usize = 5;

/// A write of the contact with this place among the account's newest and those that were created before.
#[derive(Debug, Clone)]
pub struct Op(usize, What);

#[derive(Debug, Clone)]
enum What {
    Create(u8),
    Update(u8),
    Status(usize),
    Tag(u8),
    Note(u8),
    Message(u8),
    Delete,
}

/// A script of so many writes at most.
pub fn script(most: usize) -> impl Strategy<Value = Vec<Op>> {
    let what = prop_oneof![
        3 => (0_u8..3).prop_map(What::Create),
        4 => (0_u8..6).prop_map(What::Update),
        2 => (0_usize..4).prop_map(What::Status),
        2 => (0_u8..2).prop_map(What::Tag),
        2 => (0_u8..2).prop_map(What::Note),
        1 => (0_u8..2).prop_map(What::Message),
        2 => Just(What::Delete),
    ];
    prop::collection::vec((0_usize..SEEDED + 4, what).prop_map(|(at, what)| Op(at, what)), 1..most)
}

/// The script in Lua. What fails in it, such as an update of what it deleted, fails in every run.
pub fn lua(ops: &[Op]) -> String {
    let mut code = format!(
        "local site = cliengo.sites.list()[1].id
         local ids = {{}}
         for _, c in ipairs(cliengo.contacts.list{{ limit = {SEEDED} }}) do table.insert(ids, c.id) end
         local api = cliengo.contacts
         local function id(at) return ids[at % #ids + 1] end\n"
    );
    for (number, Op(at, what)) in ops.iter().enumerate() {
        let call = match what {
            What::Create(kind) => format!(
                "function() table.insert(ids, api.create({{ websiteId = site, name = 'N{kind}', \
                 email = 'n{number}@example.com' }}).id) end"
            ),
            What::Update(value) => format!(
                "api.update, id({at}), {{ rating = {value}, subStatus = 's{}', name = 'U{value}' }}",
                value % 2
            ),
            What::Status(which) => {
                let status = ["NEW", "ACTIVE", "LONG_TERM", "CLIENT"][*which];
                format!("api.set_status, id({at}), '{status}'")
            }
            What::Tag(tag) => format!("api.add_tag, id({at}), 't{tag}'"),
            What::Note(text) => format!("api.add_note, id({at}), 'note {text} of ' .. id({at})"),
            What::Message(text) => format!("api.add_message, id({at}), 'message {text}'"),
            What::Delete => format!("api.delete, id({at})"),
        };
        code.push_str(&format!("pcall({call})\n"));
    }
    code
}
