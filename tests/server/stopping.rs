//! Starting and stopping.

use mlipview_server::{Main, ServeError, Settings};
use tokio::task::spawn_blocking;

use super::client::*;
use super::place::{DRIVER, place, settings};
use super::rooms::guest;
use super::wire::visit;

#[tokio::test]
async fn a_server_that_stops_finishes_every_conversation() {
    let place = place();
    let (mut watcher, _) = guest(&place, DRIVER).await;
    let mut private = visit(&place.at("/ws")).await;
    private.interact(whole(&WATER), 1).await;
    private.frame().await;
    private.say(dynamics(100.0)).await;
    private.frame().await;
    let address = place.server.addresses()[0];
    let server = place.server;
    let stopping = spawn_blocking(move || server.stop());
    for client in [&mut watcher, &mut private] {
        let (words, code) = client.end().await;
        assert_eq!(
            (words.as_str(), code),
            ("SERVER_STOPPING: the server is being shut down", 1001)
        );
    }
    stopping.await.unwrap();
    assert!(
        tokio::net::TcpStream::connect(address).await.is_err(),
        "nobody listens any more"
    );
    assert!(place.sim.roster().is_empty());
    place.sim.send(mlipview_core::sim::Command::Stop).unwrap();
}

#[tokio::test]
async fn two_servers_cannot_listen_at_the_same_place() {
    let place = place();
    let taken = place.server.addresses()[0].to_string();
    let settings = Settings {
        listen: vec![taken.clone()],
        ..settings()
    };
    let main = Main {
        sim: place.sim.clone(),
    };
    let Err(error) = mlipview_server::start(&settings, main) else {
        panic!("was started")
    };
    let words = error.to_string();
    assert!(matches!(error, ServeError::Taken { .. }), "{words}");
    assert!(
        words.contains(&taken) && words.contains("--listen 127.0.0.1:0"),
        "{words}"
    );
}

#[test]
fn bad_settings_are_named() {
    let sim = mlipview_core::sim::Engine::new(mlipview_core::chem::Structure::empty(), None, 0);
    let sim = mlipview_core::sim::spawn(sim).unwrap();
    let refused = |change: &dyn Fn(&mut Settings)| {
        let mut settings = settings();
        change(&mut settings);
        let main = Main { sim: sim.clone() };
        match mlipview_server::start(&settings, main) {
            Ok(_) => panic!("was started"),
            Err(error) => error.to_string(),
        }
    };
    assert!(refused(&|settings| settings.listen = vec!["8000".to_owned()]).contains("HOST:PORT"));
    assert!(
        refused(&|settings| settings.driver_token = Some("short".to_owned())).contains("8 letters")
    );
    assert!(
        refused(&|settings| settings.owner_token.clone_from(&settings.driver_token))
            .contains("drivers")
    );
    assert!(refused(&|settings| settings.origins = vec!["*".to_owned()]).contains("SCHEME://HOST"));
}
