"""Independent client of training telemetry in Python: checks docs/training-telemetry.md over real sockets.

    python tests/python/client_training.py target/debug/mlipview

Starts `mlipview telemetry --feed -` for each check and feeds it. Numbers at the end of function names are those
of the statements.
"""

import json
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

from google.protobuf import descriptor_pb2, message_factory
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import connect

DRIVER = "a-token-for-drivers"
EVENTS = ["training_progress", "training_status", "sample_generated", "log", "system_stats", "validation_result"]
TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z")


class Server:
    """`mlipview telemetry` on a free port, which reads its standard input."""

    def __init__(self, binary, *options, run=None):
        self.folder = tempfile.TemporaryDirectory()
        self.run = Path(run or self.folder.name)
        command = [binary, "telemetry", "--feed", "-", "--name", "ethanol", "--run", str(self.run), "--commands"]
        command += ["--listen", "127.0.0.1:0", "--driver-token", DRIVER, "--log", "error", *options]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        status = next(line for line in self.process.stdout if line.strip().startswith("status"))
        self.page = status.split()[1].removesuffix("api/ws/status")
        self.address = "ws" + self.page.removeprefix("http") + "ws/training"
        next(line for line in self.process.stdout if line.startswith("Press"))

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.end()
        self.folder.cleanup()

    def end(self):
        """Ends the feed, and with it the server."""
        if not self.process.stdin.closed:
            self.process.stdin.close()
        assert self.process.wait(timeout=20) == 0, "it exits with 0"
        self.process.stdout.close()

    def feed(self, **report):
        self.process.stdin.write(json.dumps(report) + "\n")
        self.process.stdin.flush()

    def progress(self, step, **more):
        report = {"epoch": step // 10, "epoch_step": step % 10, "global_step": step, "max_step": 10, "max_epoch": 2}
        self.feed(callback="progress", **report, **more)

    def log(self, message):
        self.feed(callback="log", level="info", message=message, source="test")

    def get(self, path):
        return urlopen(self.page + path).read()

    def state(self):
        return json.loads(self.get("api/ws/status"))

    def refusal(self, path, body=None, **headers):
        try:
            urlopen(Request(self.page + path, data=body, headers=headers))
        except HTTPError as error:
            return error.code
        raise AssertionError(f"{path} was not refused")


class Client:
    """Client of `/ws/training`, which checks what each message has."""

    def __init__(self, server, query="", **options):
        self.connection = connect(server.address + query, max_size=None, **options)

    def __enter__(self):
        self.socket = self.connection.__enter__()
        self.first = self.receive()
        assert self.first["type"] == "connection_established"
        return self

    def __exit__(self, *error):
        self.connection.__exit__(*error)

    def send(self, **message):
        self.socket.send(json.dumps(message))

    def receive(self, timeout=20):
        message = json.loads(self.socket.recv(timeout=timeout))
        assert isinstance(message["type"], str) and TIME.fullmatch(message["timestamp"]), message
        return message

    def until(self, kind):
        while (message := self.receive())["type"] != kind:
            pass
        return message

    def event(self):
        """The next message besides the number of clients."""
        while (message := self.receive())["type"] == "system_info":
            pass
        return message

    def subscribe(self, *events, **past):
        self.send(type="subscribe", events=list(events), **past)
        return self.until("subscribed")

    def is_silent(self, seconds=0.3):
        end = time.monotonic() + seconds
        try:
            while self.receive(max(0.01, end - time.monotonic()))["type"] == "system_info":
                pass
        except TimeoutError:
            return True
        return False


def clients_are_numbered_and_subscribed_to_nothing_1_2_4(server):
    for number in range(1, 4):
        with Client(server) as client:
            name = re.fullmatch(rf"client_{number}_(\d+)", client.first["client_id"])
            assert abs(int(name[1]) - time.time()) < 60
            server.log("unseen")
            assert client.is_silent()


def one_client_that_leaves_disturbs_no_other_3(server):
    with Client(server) as staying:
        staying.subscribe("log")
        with Client(server) as leaving:
            leaving.subscribe("log")
            leaving.socket.socket.shutdown(2)
            server.log("on")
            assert staying.event()["message"] == "on"
        server.log("still on")
        assert staying.event()["message"] == "still on"


def subscriptions_add_up_and_end_5_6(server):
    with Client(server) as client:
        assert client.subscribe("log")["all_subscriptions"] == ["log"]
        answer = client.subscribe("training_status", "weather")
        assert answer["events"] == ["training_status", "weather"] and answer["unknown"] == ["weather"]
        assert sorted(answer["all_subscriptions"]) == ["log", "training_status", "weather"]
        client.send(type="unsubscribe", events=["log"])
        answer = client.until("unsubscribed")
        assert answer["events"] == ["log"]
        assert sorted(answer["remaining_subscriptions"]) == ["training_status", "weather"]
        client.send(type="unsubscribe", events=[])
        assert client.until("unsubscribed")["events"] == []
        server.log("unseen")
        assert client.is_silent()


def a_ping_is_answered_7(server):
    with Client(server) as client:
        for stamp in [12.5, "now", None, {"a": 1}]:
            client.send(type="ping", timestamp=stamp)
            pong = client.until("pong")
            assert pong["client_timestamp"] == stamp and TIME.fullmatch(pong["server_timestamp"])


def commands_reach_the_trainer_8_28(server):
    with Client(server) as spectator, Client(server, f"?token={DRIVER}") as driver:
        driver.subscribe("training_status")
        server.feed(callback="status", text="training")
        driver.until("training_status")
        spectator.send(type="command", command="pause", args={})
        answer = spectator.until("command_received")
        assert answer["status"] == "rejected" and answer["message"].startswith("FORBIDDEN")
        for command, args in [("pause", {}), ("set_learning_rate", {"learning_rate": 0.5}), ("sample", {"a": 1})]:
            driver.send(type="command", command=command, args=args)
            answer = driver.until("command_received")
            assert (answer["command"], answer["status"]) == (command, "acknowledged"), answer
            assert json.loads(server.process.stdout.readline()) == {"command": command, "args": args}
        for command, args in [("resume", {}), ("dance", {}), ("set_learning_rate", {})]:
            driver.send(type="command", command=command, args=args)
            answer = driver.until("command_received")
            assert answer["status"] == "rejected" and answer["message"], answer
    try:
        with connect(server.address + "?token=wrong") as socket:
            assert json.loads(socket.recv())["error_code"] == "FORBIDDEN"
            socket.recv()
        raise AssertionError("a wrong token is accepted")
    except ConnectionClosed as closed:
        assert closed.rcvd.code == 1008


def mistakes_are_answered_and_the_socket_stays_open_9(server):
    with Client(server) as client:
        for text, code in [
            ("{", "INVALID_JSON"),
            ("[]", "INVALID_MESSAGE_TYPE"),
            ("{}", "MISSING_TYPE"),
            ('{"type":"x"}', "UNKNOWN_MESSAGE_TYPE"),
            ('{"type":"subscribe","events":1}', "INVALID_EVENTS"),
            ('{"type":"subscribe","events":[]}', "EMPTY_EVENTS"),
            ('{"type":"command"}', "MISSING_COMMAND"),
            ('{"type":"subscribe","events":["log"],"replay":"x"}', "PROCESSING_ERROR"),
            (json.dumps({"type": "ping", "timestamp": "x" * 70000}), "MESSAGE_TOO_LARGE"),
        ]:
            client.socket.send(text)
            error = client.until("error")
            assert error["error_code"] == code and error["message"], (text[:80], error)
        client.send(type="ping")
        client.until("pong")


def each_report_is_an_event_with_its_fields_10_to_15_20_21_26(server):
    with Client(server) as client:
        client.subscribe(*(name for name in EVENTS if name != "system_stats"))
        server.feed(callback="status", text="Error: no memory")
        server.progress(13, loss=0.5, learning_rate=1e-4)
        server.feed(callback="validation", step=5, epoch=1, validation_loss=0.25)
        server.feed(callback="sample", kind="custom", path="/a/b.png", prompt="relaxed ethanol")
        server.feed(callback="sample", kind="default")
        server.feed(callback="sample_progress", kind="custom", step=3, max_step=20)
        events = [client.event() for _ in range(8)]
    assert [event.pop("event_id") for event in events] == list(range(1, 9))
    for event in events:
        del event["timestamp"]
    status, status_log, progress, validation, sample, sample_log, warning, sampling = events
    error = "Error: no memory"
    assert status == {"type": "training_status", "status": "error", "message": error, "error": error}
    assert status_log == {"type": "log", "level": "info", "message": error, "source": "trainer"}
    assert progress == {
        "type": "training_progress", "step": 3, "epoch": 1, "epoch_step": 3, "global_step": 13, "max_step": 10,
        "max_epoch": 2, "loss": 0.5, "learning_rate": 1e-4, "eta_seconds": None,
    }  # fmt: skip
    assert validation == {
        "type": "validation_result", "step": 5, "epoch": 1, "validation_loss": 0.25, "force_rmse": None,
        "energy_rmse": None,
    }  # fmt: skip
    assert sample.pop("sample_id")
    assert sample == {
        "type": "sample_generated", "path": "/a/b.png", "sample_type": "custom", "step": 3, "epoch": 1,
        "prompt": "relaxed ethanol", "thumbnail_path": None,
    }  # fmt: skip
    assert (sample_log["level"], sample_log["source"]) == ("info", "sampler")
    assert (warning["type"], warning["level"]) == ("log", "warning")
    assert (sampling["level"], sampling["source"]) == ("debug", "sampler")


def samples_can_be_fetched_12(server):
    (server.run / "a b.png").write_bytes(b"picture")
    (server.run / "secret").write_bytes(b"secret")
    with Client(server) as client:
        client.subscribe("sample_generated")
        server.feed(callback="sample", kind="default", path="a b.png")
        assert client.event()["path"] == "a b.png"
    assert server.get("api/ws/samples/a%20b.png") == b"picture"
    for path in ["secret", "events.jsonl", "..%2Fsecret"]:
        assert server.refusal("api/ws/samples/" + path) == 404
    assert server.refusal("api/ws/samples/a%20b.png?token=wrong") == 403


def the_load_of_the_machine_arrives_each_two_seconds_14(server):
    with Client(server) as client:
        client.subscribe("system_stats")
        client.until("system_stats")
        start = time.monotonic()
        stats = client.until("system_stats")
        assert 1.5 < time.monotonic() - start < 4
    assert 0 <= stats["cpu_percent"] <= 100.0 and 0 < stats["ram_used_gb"] <= stats["ram_total_gb"]
    for key in ["gpu_memory_used_gb", "gpu_memory_total_gb", "gpu_utilization_percent"]:
        assert stats[key] is None or stats[key] >= 0


def everybody_is_told_the_number_of_clients_16_24(server):
    with Client(server) as first:
        assert first.until("system_info")["active_connections"] == 1
        with Client(server) as second:
            assert second.until("system_info")["active_connections"] == 2
            assert first.until("system_info")["active_connections"] == 2
            assert server.state()["active_connections"] == 2
        assert first.until("system_info")["active_connections"] == 1


def the_last_progress_of_a_burst_arrives_17(server):
    with Client(server) as client:
        client.subscribe("training_progress")
        start = time.monotonic()
        for step in range(1, 20):
            server.progress(step)
        steps = []
        while not steps or steps[-1] != 19:
            steps.append(client.event()["global_step"])
        assert len(steps) <= 2 + 10 * (time.monotonic() - start), steps


def the_time_to_the_end_leaves_pauses_out_18_22(server):
    with Client(server) as client:
        client.subscribe("training_progress")

        def eta(step):
            server.progress(step)
            return client.event()["eta_seconds"]

        start = time.monotonic()
        assert eta(0) is None
        time.sleep(0.5)
        first = eta(1)
        server.feed(callback="status", text="paused")
        time.sleep(2)
        server.feed(callback="status", text="training")
        second = eta(2)
        elapsed = time.monotonic() - start - 2
        assert 19 * 0.4 < first < 19 * 1.0 and second < 9 * elapsed * 1.5, (first, second)
        assert eta(20) is None
        server.feed(callback="reset")
        time.sleep(0.2)
        assert eta(5) is None


def words_become_a_status_19(server):
    words = {
        "loading model": "starting", "training": "running", "saving": "running", "paused": "paused",
        "stopping": "stopped", "failed": "error", "Training completed": "completed", "epoch 3": "running",
    }  # fmt: skip
    with Client(server) as client:
        client.subscribe("training_status")
        for text, status in words.items():
            server.feed(callback="status", text=text)
            assert client.event()["status"] == status, text


def log_without_being_read(server, reading, slow):
    """Logs 24 MB to a client that does not read, while another reads its own events."""
    reading.subscribe("validation_result")
    slow.subscribe("log")
    for number in range(3000):
        server.log("x" * 8000)
        if number % 20 == 0:
            server.feed(callback="validation", step=number, epoch=0, validation_loss=0.5)
            assert reading.event()["step"] == number


def a_slow_client_delays_nobody_and_is_told_what_is_missing_3_23(server):
    with Client(server) as reading, Client(server) as slow:
        log_without_being_read(server, reading, slow)
        server.log("last")
        received, dropped = 0, 0
        while True:
            event = slow.event()
            received, dropped = received + 1, dropped + event.get("dropped", 0)
            if event["message"] == "last":
                break
        assert dropped > 0 and received + dropped == 3001, (received, dropped)


def a_client_that_takes_nothing_is_closed_23(server):
    with Client(server) as reading, Client(server) as slow:
        log_without_being_read(server, reading, slow)
        while reading.until("system_info")["active_connections"] != 1:
            pass
        try:
            while True:
                slow.receive()
        except ConnectionClosed as closed:
            assert closed.rcvd.code == 1013, closed


def the_status_has_the_last_values_24(server):
    idle = server.state()["training_state"]
    assert (idle["status"], idle["is_training"], idle["current_step"]) == ("idle", False, None)
    with Client(server) as client:
        client.subscribe("training_status")
        server.progress(14, loss=0.5, learning_rate=1e-4)
        server.feed(callback="status", text="training")
        client.event()
    assert server.state()["training_state"] == {
        "status": "running", "is_training": True, "current_step": 4, "current_epoch": 1, "last_loss": 0.5,
        "last_lr": 1e-4,
    }  # fmt: skip


def limits_of_the_server_hold_25(server):
    try:
        with connect(server.address, origin="http://evil.example"):
            raise AssertionError("a foreign origin is accepted")
    except InvalidStatus as refused:
        assert refused.response.status_code == 403
    with Client(server) as client:
        for _ in range(1000):
            client.send(type="ping")
        assert client.until("error")["error_code"] == "TOO_MANY_MESSAGES"
        time.sleep(1.2)
        client.send(type="ping", timestamp="again")
        while client.until("pong")["client_timestamp"] != "again":
            pass


def a_client_resumes_without_gaps_26(server):
    with Client(server) as client:
        client.subscribe("log")
        for number in range(1, 1501):
            server.log(str(number))
            assert client.event()["event_id"] == number
    with Client(server) as client:
        assert client.subscribe("log", after=100)["missed"] == 0
        assert [client.event()["event_id"] for _ in range(1400)] == list(range(101, 1501))
        client.subscribe("log", replay=3)
        assert [client.event()["event_id"] for _ in range(3)] == [1498, 1499, 1500]


def trainings_have_names_27(server):
    body = b'{"callback":"status","text":"starting"}'
    post = Request(f"{server.page}api/ws/feed?name=mace&token={DRIVER}", data=body)
    with Client(server) as following:
        assert following.first["training"] == "ethanol"
        assert json.loads(urlopen(post).read()) == {"accepted": 1}
        assert following.until("training_changed")["training"] == "mace"
    listed = json.loads(server.get("api/ws/trainings"))["trainings"]
    assert [training["name"] for training in listed] == ["mace", "ethanol"]
    for query, name in [("", "mace"), ("?name=ethanol", "ethanol"), ("?name=mace", "mace")]:
        with Client(server, query) as client:
            assert client.first["training"] == name
    assert server.refusal("api/ws/feed?name=mace", body) == 403
    assert server.refusal(f"api/ws/feed?name=ethanol&token={DRIVER}", body) == 409
    assert server.refusal(f"api/ws/feed?name=mace&token={DRIVER}", b"{}") == 400


def the_event_log_has_what_was_sent_29(server):
    with Client(server) as client:
        client.subscribe("log", "training_status")
        server.feed(callback="status", text="training")
        server.log("ä")
        sent = [client.event() for _ in range(3)]
    server.end()
    lines = (server.run / "events.jsonl").read_text().splitlines()
    assert [json.loads(line) for line in lines] == sent
    with Server(server.process.args[0], run=server.run) as again, Client(again) as client:
        client.subscribe("log", replay=1)
        assert client.event()["message"] == "ä"
        again.log("next")
        assert client.event()["event_id"] == 4


def events_are_protobuf_on_request_30(server):
    files = descriptor_pb2.FileDescriptorSet.FromString(server.get("training.binpb")).file
    event_type = message_factory.GetMessages(files)["mlipview.training.Event"]
    with Client(server) as json_client, connect(server.address + "?format=protobuf") as socket:
        assert json.loads(socket.recv())["type"] == "connection_established"
        socket.send('{"type":"subscribe","events":["training_progress"]}')
        json_client.subscribe("training_progress")
        while json.loads(socket.recv())["type"] != "subscribed":
            pass
        server.progress(13, loss=0.5)
        while isinstance(data := socket.recv(timeout=20), str):
            pass
        event, expected = event_type.FromString(data), json_client.event()
        assert (event.event_id, event.timestamp) == (expected["event_id"], expected["timestamp"])
        progress = event.training_progress
        assert (progress.global_step, progress.loss) == (13, 0.5)
        assert not progress.HasField("learning_rate") and not progress.HasField("eta_seconds")
        assert len(data) < len(json.dumps(expected)) / 2


def a_client_without_pongs_is_disconnected_31(server):
    with Client(server) as client:
        client.subscribe("log")
        receive_frame, pings, closed = client.socket.protocol.recv_frame, [], False

        def without_pong(frame):
            if frame.opcode == 9:
                pings.append(frame)
            else:
                receive_frame(frame)

        client.socket.protocol.recv_frame = without_pong
        try:
            while True:
                client.receive(timeout=8)
        except ConnectionClosed:
            closed = True
        assert pings and closed


CHECKS = [
    (clients_are_numbered_and_subscribed_to_nothing_1_2_4, []),
    (one_client_that_leaves_disturbs_no_other_3, []),
    (subscriptions_add_up_and_end_5_6, []),
    (a_ping_is_answered_7, []),
    (commands_reach_the_trainer_8_28, []),
    (mistakes_are_answered_and_the_socket_stays_open_9, []),
    (each_report_is_an_event_with_its_fields_10_to_15_20_21_26, []),
    (samples_can_be_fetched_12, []),
    (the_load_of_the_machine_arrives_each_two_seconds_14, []),
    (everybody_is_told_the_number_of_clients_16_24, []),
    (the_last_progress_of_a_burst_arrives_17, []),
    (the_time_to_the_end_leaves_pauses_out_18_22, []),
    (words_become_a_status_19, []),
    (a_slow_client_delays_nobody_and_is_told_what_is_missing_3_23, ["--write-timeout", "600"]),
    (a_client_that_takes_nothing_is_closed_23, ["--write-timeout", "1"]),
    (the_status_has_the_last_values_24, []),
    (limits_of_the_server_hold_25, []),
    (a_client_resumes_without_gaps_26, []),
    (trainings_have_names_27, []),
    (the_event_log_has_what_was_sent_29, []),
    (events_are_protobuf_on_request_30, []),
    (a_client_without_pongs_is_disconnected_31, ["--ping-interval", "1"]),
]

if __name__ == "__main__":
    for check, options in CHECKS:
        with Server(sys.argv[1], *options) as running:
            check(running)
        print("ok:", check.__name__.replace("_", " "))
