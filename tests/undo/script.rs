//! Scripts of creates, updates and deletes, from a seed.

use std::fmt::Write;

/// The site of new contacts.
pub const SITE: &str = "5e8f0a1b2c3d4e5f60718301";

/// A script of so many writes to these contacts, and to those that it creates. It goes on where one fails.
pub fn script(seed: u64, writes: usize, contacts: &[String]) -> String {
    let mut random = fastrand::Rng::with_seed(seed);
    let ids: Vec<String> = contacts.iter().map(|id| format!("'{id}'")).collect();
    let mut text = format!(
        "local ids = {{ {} }}\nlocal contacts = cliengo.contacts\n\
         local function try(f, ...) local ok, value = pcall(f, ...); if ok then return value end end\n",
        ids.join(", ")
    );
    let mut count = ids.len();
    for number in 0..writes {
        let place = random.usize(1..=count.max(1));
        let id = format!("ids[{place}]");
        match random.u8(0..10) {
            0 | 1 => {
                let status = ["", ", status = 'ACTIVE'", ", status = 'CLIENT'"][random.usize(..3)];
                let _ = writeln!(
                    text,
                    "local c = try(contacts.create, {{ websiteId = '{SITE}', name = 'made {seed} {number}', \
                     email = 'm{number}@example.com'{status} }})\nif c then ids[#ids + 1] = c.id end"
                );
                count += 1;
            }
            2 => {
                let _ = writeln!(text, "if {id} then try(contacts.delete, {id}) end");
            }
            3 => {
                let status = ["NEW", "ACTIVE", "LONG_TERM", "CLIENT"][random.usize(..4)];
                let _ =
                    writeln!(text, "if {id} then try(contacts.set_status, {id}, '{status}') end");
            }
            4 => {
                let (key, rating) = (random.usize(1..=count.max(1)), random.u8(0..=5));
                let _ = writeln!(
                    text,
                    "if ids[{key}] then try(cliengo.call, {{ method = 'PATCH', path = '/contacts/' .. ids[{key}], \
                     body = {{ rating = {rating} }} }}) end"
                );
            }
            _ => {
                let field = [
                    format!("rating = {}", random.u8(0..=5)),
                    format!("name = 'named {number}'"),
                    format!("email = 'e{number}@example.com', phone = '+54 11 5555-{number:04}'"),
                    "phone = cliengo.null".to_owned(),
                    "subStatus = 'called'".to_owned(),
                    "assignedTo = 'UNASSIGNED'".to_owned(),
                    "sellPrice = 12.5".to_owned(),
                ];
                let field = &field[random.usize(..field.len())];
                let _ =
                    writeln!(text, "if {id} then try(contacts.update, {id}, {{ {field} }}) end");
            }
        }
    }
    text.push_str("return #ids\n");
    text
}
