//! A program that embeds scripts says what they reach; its hints name no flag of the command line.

use cliengo::api::Permissions;
use cliengo::host::Host;

use crate::desk::Desk;

#[test]
fn a_program_grants_folders_and_keeps_files_of_its_own_away() {
    let desk = Desk::new();
    desk.file("project/data/keys.txt", "SECRET");
    let permissions = Permissions::none()
        .allow_read(desk.path("project/data"))
        .keep_away(desk.path("project/data/keys.txt"));
    let host = Host::builder().permissions(permissions).build().blocking();
    let read = |name: &str| {
        let code = format!("return require('fs').read('{}')", desk.text(name));
        host.lua().eval::<String>(code)
    };
    assert_eq!(read("project/data/note.txt").unwrap(), "inside");
    let kept = read("project/data/keys.txt").unwrap_err().to_string();
    assert!(kept.contains("no script may reach"), "{kept}");
    let denied = read("secret.txt").unwrap_err().to_string();
    assert!(
        denied.contains("allow the run to read the path") && !denied.contains("--"),
        "{denied}"
    );
}
