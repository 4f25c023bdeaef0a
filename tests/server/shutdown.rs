//! Start and shutdown.

use mlipview_server::{ServeError, Settings};
use tokio::task::spawn_blocking;

use super::client::*;
use super::rooms::join;
use super::test_server::{DRIVER, settings, test_server};
use super::websocket_client::connect;

#[tokio::test]
async fn shutdown_closes_every_session() {
    let test = test_server();
    let (mut watcher, _) = join(&test, DRIVER).await;
    let mut private = connect(&test.url("/ws")).await;
    private.interact(whole(&WATER), 1).await;
    private.frame().await;
    private.request(dynamics(100.0)).await;
    private.frame().await;
    let address = test.server.addresses()[0];
    let server = test.server;
    let stopping = spawn_blocking(move || server.stop());
    for client in [&mut watcher, &mut private] {
        let (text, code) = client.end().await;
        assert_eq!(
            (text.as_str(), code),
            ("SERVER_STOPPING: the server is being shut down", 1001)
        );
    }
    stopping.await.unwrap();
    assert!(
        tokio::net::TcpStream::connect(address).await.is_err(),
        "the port is closed"
    );
    assert!(test.sim.roster().is_empty());
    test.sim.send(mlipview_core::sim::Command::Stop).unwrap();
}

#[tokio::test]
async fn an_address_in_use_is_refused() {
    let test = test_server();
    let taken = test.server.addresses()[0].to_string();
    let settings = Settings {
        listen: vec![taken.clone()],
        ..settings()
    };
    let Err(error) = mlipview_server::start(&settings, test.sim.clone()) else {
        panic!("the server started")
    };
    let text = error.to_string();
    assert!(matches!(error, ServeError::Taken { .. }), "{text}");
    assert!(
        text.contains(&taken) && text.contains("--listen 127.0.0.1:0"),
        "{text}"
    );
}

#[test]
fn invalid_settings_are_refused_with_a_reason() {
    let sim = mlipview_core::sim::Engine::new(mlipview_core::chem::Structure::empty(), None, 0);
    let sim = mlipview_core::sim::spawn(sim).unwrap();
    let refused = |change: &dyn Fn(&mut Settings)| {
        let mut settings = settings();
        change(&mut settings);
        match mlipview_server::start(&settings, sim.clone()) {
            Ok(_) => panic!("the server started"),
            Err(error) => error.to_string(),
        }
    };
    assert!(refused(&|settings| settings.listen = vec!["8000".to_owned()]).contains("HOST:PORT"));
    assert!(
        refused(&|settings| settings.driver_token = Some("short".to_owned()))
            .contains("8 characters")
    );
    assert!(
        refused(&|settings| settings.owner_token.clone_from(&settings.driver_token))
            .contains("driver's")
    );
    assert!(refused(&|settings| settings.origins = vec!["*".to_owned()]).contains("SCHEME://HOST"));
}
