//! The topics of the help.

use std::fmt::Write as _;

use super::fields::fields;
use crate::ErrorKind;
use crate::schema::CONTACT_FILTERS;
use crate::terminal::Paint;

/// The topics, and what each is about.
pub(in crate::repl) const TOPICS: &[(&str, &str)] = &[
    ("contacts", "the functions of contacts; .help contacts.update shows one"),
    ("filters", "what contacts.list, each, count and find take"),
    ("fields", "what a contact has"),
    ("watch", "new, updated and deleted contacts while you type"),
    ("schedule", "work at its time"),
    ("modules", "the standard library; .help csv shows a module"),
    ("errors", "what can go wrong, and how code handles it"),
    ("keys", "the keyboard"),
    ("lua", "Lua in a minute"),
    ("rhai", "Rhai in a minute"),
];

/// The names of the topics.
pub(in crate::repl) const TOPIC_NAMES: &[&str] = &[
    "contacts", "filters", "fields", "watch", "schedule", "modules", "errors", "keys", "lua",
    "rhai",
];

/// The text of a topic; none where there is no such one, or where the registry has its words.
pub(in crate::repl) fn topic(name: &str, paint: Paint) -> Option<String> {
    match name {
        "filters" => Some(filters(paint)),
        "fields" => fields("", paint),
        "watch" => Some(WATCH.to_owned()),
        "schedule" => Some(SCHEDULE.to_owned()),
        "errors" => Some(errors(paint)),
        "keys" => Some(KEYS.to_owned()),
        "lua" => Some(LUA.to_owned()),
        "rhai" => Some(RHAI.to_owned()),
        _ => None,
    }
}

/// The meaning of a kind of errors.
pub(super) fn error_kind(name: &str, paint: Paint) -> Option<String> {
    let kind = ErrorKind::parse(name)?;
    Some(format!("{}\n  {}\n", paint.error(kind.as_str()), kind.meaning()))
}

fn filters(paint: Paint) -> String {
    let mut text = format!("{}\n", paint.heading("Filters"));
    for filter in CONTACT_FILTERS {
        let gap = " ".repeat(14_usize.saturating_sub(filter.name.len()));
        let doc = filter.doc.replace('`', "");
        let kind = paint.dim(&format!("({})", filter.kind.describe()));
        let _ = writeln!(text, "  {}{gap}{doc} {kind}", paint.name(filter.name));
    }
    text.push_str(
        "\n  Lua   cliengo.contacts.list{ status = \"NEW\", since = \"7d\", limit = 20 }\n  \
         Rhai  cliengo.contacts.list(#{ status: \"NEW\", since: \"7d\", limit: 20 })\n",
    );
    text
}

fn errors(paint: Paint) -> String {
    let mut text = format!("{}\n", paint.heading("Kinds of errors"));
    for kind in ErrorKind::ALL {
        let gap = " ".repeat(14_usize.saturating_sub(kind.as_str().len()));
        let _ = writeln!(text, "  {}{gap}{}", paint.error(kind.as_str()), kind.meaning());
    }
    text.push_str(
        "\n  Lua   local ok, problem = pcall(cliengo.contacts.get, \"no such id\")\n        \
         if not ok then print(problem.kind, problem.message, problem.hint) end\n  \
         Rhai  try { cliengo.contacts.get(\"no such id\") } catch (problem) { print(problem.kind) }\n",
    );
    text
}

const WATCH: &str = "  .watch new              shows each contact that is created from now on
  .watch updated 10s      looks every 10 s; 5 s unless told
  .watch new on_lead      calls a function with (contact, event)
  .watch                  lists what is followed
  .unwatch ID             stops one; .unwatch alone stops all
  .replay                 gives the last event to its function as it is now, after
                          you changed it

  Lua   function on_lead(contact, event) print(contact.name) end
        cliengo.watch.new_contacts({ status = \"NEW\" }, on_lead)
  Rhai  fn on_lead(contact, event) { print(contact.name); }
        cliengo.watch.new_contacts(#{ status: \"NEW\" }, Fn(\"on_lead\"))

  What is followed here is kept nowhere and ends with the prompt; a script under
  cliengo serve FILE keeps it for good. .help watch.new_contacts shows the options.
";

const SCHEDULE: &str = "  cliengo.schedule.cron(\"0 9 * * MON-FRI\", report)    at nine on weekdays
  cliengo.schedule.every(\"15m\", sync)                 every quarter of an hour

  What is registered here runs while the prompt is open: .watch lists it, .unwatch ID
  stops it. A script under cliengo serve FILE keeps it for good.
  .help schedule.cron shows the options; cliengo cron 'EXPRESSION' shows when that is.
";

const KEYS: &str = "  Tab              completes, or lists what there is
  Right, End       takes the grey text
  Up, Down         earlier lines; Ctrl-R searches them
  Ctrl-C           ends what runs; clears the line; twice on an empty line leaves
  Ctrl-D           leaves
  Ctrl-A, Ctrl-E   to the beginning, to the end
  Ctrl-W, Ctrl-U   deletes a word, or all before the cursor; Ctrl-Y brings it back
  Ctrl-L           clears the screen
  .edit            opens your editor ($VISUAL, $EDITOR) for longer texts
  A line that is not finished, such as an open bracket, goes on in the next one.
";

const LUA: &str = "  local leads = cliengo.contacts.list{ status = \"NEW\" }   -- locals stay
  #leads                                                  -- how many
  leads[1].name                                           -- lists begin with 1
  for _, lead in ipairs(leads) do print(lead.name) end
  for lead in cliengo.contacts.each{} do … end            -- page by page
  cliengo.contacts.update(leads[1].id, { rating = 5 })
  if lead.email ~= nil and lead.status == \"NEW\" then … end
  function hot(lead) return (lead.rating or 0) >= 4 end
  \"Hi \" .. lead.name                                      -- joins texts
";

const RHAI: &str = "  let leads = cliengo.contacts.list(#{ status: \"NEW\" });  // variables stay
  leads.len()                                             // how many
  leads[0].name                                           // lists begin with 0
  for lead in leads { print(lead.name); }
  for lead in cliengo.contacts.each() { … }               // page by page
  cliengo.contacts.update(leads[0].id, #{ rating: 5 })
  if lead.email != () && lead.status == \"NEW\" { … }
  fn hot(lead) { lead.rating >= 4 }
  `Hi ${lead.name}`                                       // a text with values
";
