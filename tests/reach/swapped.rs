//! Links that somebody swaps while the script runs: there is no moment between the check and the use.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use crate::desk::Desk;

/// Puts a link to `outside` in the place of the folder `data/flip`, and the folder back, until it is told to
/// stop.
fn flip(project: &Path, stop: &AtomicBool) {
    let (place, away) = (project.join("data/flip"), project.join("data/away"));
    while !stop.load(Ordering::Relaxed) {
        let swapped = fs::rename(&place, &away).and_then(|()| symlink("../../outside", &place));
        drop(swapped.and_then(|()| fs::remove_file(&place)));
        // Between the two the script may have made the folder.
        while fs::rename(&away, &place).is_err() {
            drop(fs::remove_dir_all(&place));
        }
    }
}

#[test]
fn a_folder_that_is_swapped_for_a_link_gives_nothing_away() {
    let desk = Desk::new();
    desk.file("project/data/flip/secret.txt", "inside");
    let (project, stop) = (desk.path("project"), AtomicBool::new(false));
    let code = "local fs, seen = require 'fs', { inside = 0, none = 0 } \
        for i = 1, 4000 do \
          local ok, text = pcall(fs.read, 'data/flip/secret.txt') \
          if not ok then seen.none += 1 \
          elseif text == 'inside' then seen.inside += 1 \
          else error('it was read') end \
          pcall(fs.write, 'data/flip/taken.txt', 'taken') \
          pcall(fs.append, 'data/flip/added.txt', 'taken') \
        end return seen";
    let options = ["eval", "-o", "json", "--allow-read", "data", "--allow-write", "data"];
    let ran = thread::scope(|scope| {
        scope.spawn(|| flip(&project, &stop));
        let ran = desk.program(&[&options[..], &[code]].concat()).run();
        stop.store(true, Ordering::Relaxed);
        ran
    });
    let seen = ran.json();
    assert!(seen["inside"].as_u64() > Some(0) && seen["none"].as_u64() > Some(0), "{seen}");
    assert_eq!(fs::read_dir(desk.path("outside")).unwrap().count(), 1);
}

#[test]
fn a_granted_folder_that_is_swapped_later_stays_what_it_was() {
    let desk = Desk::new();
    desk.file("outside/note.txt", "SECRET");
    // The script says that it runs, and goes on when the folder is another.
    let code = "print('begun') while not pcall(require('fs').read, 'go/now') do cliengo.sleep('5ms') end \
        return require('fs').read('data/note.txt')";
    fs::create_dir(desk.path("project/go")).unwrap();
    let options = ["eval", "-o", "json", "--allow-read", "data,go", code];
    let mut running = desk.program(&options).start();
    assert!(running.says("begun").contains("begun"));
    fs::rename(desk.path("project/data"), desk.path("project/before")).unwrap();
    desk.link("../outside", "project/data");
    desk.file("project/go/now", "");
    assert_eq!(running.end().json(), "inside");
}
