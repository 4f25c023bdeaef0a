//! Clients of a training in a process of their own: many that read, and one that does not.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::thread::Builder;
use std::time::{Duration, Instant};

use mlipview_server::Server;

use crate::cpu_time;

/// Argument that makes this program the process of the clients.
pub(crate) const ROLE: &str = "clients";

/// The subscription to all types of events.
const SUBSCRIBE: &str = r#"{"type":"subscribe","events":["training_progress","training_status","sample_generated","log","system_stats","validation_result"]}"#;

/// Longest wait for the clients.
const TIMEOUT: Duration = Duration::from_secs(60);

/// The process of the clients, for the bench.
pub(crate) struct Clients {
    process: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
}

impl Clients {
    /// Starts the process, and returns when all clients have subscribed. `fill` fills the buffers of the one
    /// that does not read.
    pub(crate) fn start(server: &Server, fill: impl FnOnce()) -> Clients {
        let program = std::env::current_exe().unwrap();
        let mut process = Command::new("nice")
            .args(["-n", "19"])
            .arg(program)
            .args([ROLE, &server.addresses()[0].to_string()])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let input = process.stdin.take().unwrap();
        let output = BufReader::new(process.stdout.take().unwrap());
        let mut clients = Clients {
            process,
            input,
            output,
        };
        clients.expect("blocked");
        fill();
        clients.next();
        clients.expect("ready");
        clients
    }

    /// CPU time of the process so far, s.
    pub(crate) fn cpu_seconds(&self) -> f64 {
        cpu_time::process_seconds(self.process.id())
    }

    /// Ends the process.
    ///
    /// # Panics
    /// If the client that does not read has missed nothing: then it was not blocked.
    pub(crate) fn end(mut self) {
        self.next();
        self.expect("missed");
        self.process.kill().unwrap();
        self.process.wait().unwrap();
    }

    fn next(&mut self) {
        self.input.write_all(b"\n").unwrap();
    }

    fn expect(&mut self, word: &str) {
        let mut line = String::new();
        self.output.read_line(&mut line).unwrap();
        assert_eq!(line.trim_end(), word);
    }
}

/// Runs the clients: first the one that does not read, after a line on the standard input the others, after
/// a second one reads what the first has received.
pub(crate) fn run(address: &str, readers: usize) {
    let address: SocketAddr = address.parse().unwrap();
    let mut blocked = connect(address);
    println!("blocked");
    wait_for_line();
    for _ in 0..readers {
        let mut socket = connect(address);
        let read = move || {
            let mut buffer = vec![0; 16 << 10];
            while socket.read(&mut buffer).is_ok_and(|count| count > 0) {}
        };
        Builder::new().stack_size(64 << 10).spawn(read).unwrap();
    }
    println!("ready");
    wait_for_line();
    until(&mut blocked, "\"dropped\":");
    println!("missed");
    wait_for_line();
}

fn wait_for_line() {
    std::io::stdin().read_line(&mut String::new()).unwrap();
}

/// Connects a client and subscribes (RFC 6455).
fn connect(address: SocketAddr) -> TcpStream {
    let mut socket = TcpStream::connect(address).unwrap();
    let request = format!(
        "GET /ws/training HTTP/1.1\r\nHost: {address}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\
         Sec-WebSocket-Key: MDEyMzQ1Njc4OWFiY2RlZg==\r\nSec-WebSocket-Version: 13\r\n\r\n"
    );
    socket.write_all(request.as_bytes()).unwrap();
    // A text frame whose mask is zero.
    let size = u16::try_from(SUBSCRIBE.len()).unwrap().to_be_bytes();
    let head = [0x81, 0x80 | 126, size[0], size[1], 0, 0, 0, 0];
    socket
        .write_all(&[&head, SUBSCRIBE.as_bytes()].concat())
        .unwrap();
    until(&mut socket, "\"subscribed\"");
    socket
}

/// Reads until a text has come.
fn until(socket: &mut TcpStream, text: &str) {
    let start = Instant::now();
    let mut buffer = vec![0; 1 << 20];
    let mut tail = Vec::new();
    while start.elapsed() < TIMEOUT {
        let count = socket.read(&mut buffer).unwrap();
        assert!(count > 0, "the server has closed the connection");
        tail.extend_from_slice(&buffer[..count]);
        if tail.windows(text.len()).any(|part| part == text.as_bytes()) {
            return;
        }
        // The text may be cut in two.
        tail.drain(..tail.len().saturating_sub(text.len()));
    }
    panic!("{text} has not come in {TIMEOUT:?}");
}
