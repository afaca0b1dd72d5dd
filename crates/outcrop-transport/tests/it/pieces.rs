//! Streams in odd pieces: a byte at a time, and a hundred thousand deltas.

use outcrop_converse::{Delta, Event};

use crate::support::{
    Script, Server, answer, beginning, delta, drain, event, metadata, open, stop,
};

#[tokio::test]
async fn bytes_that_come_one_at_a_time_make_the_same_events() {
    let mut script = Script::stream(b"");
    for byte in answer() {
        script = script.chunk(&[byte]);
    }
    let by_byte = Server::start(script.end()).await;
    let at_once = Server::start(Script::stream(&answer()).end()).await;

    let (events, error) = drain(&mut open(&by_byte).await).await;

    assert!(error.is_none());
    assert_eq!(events, drain(&mut open(&at_once).await).await.0);
}

#[tokio::test]
async fn no_delta_of_a_hundred_thousand_is_lost() {
    const COUNT: usize = 100_000;
    let numbers: Vec<u8> = (0..COUNT).flat_map(|n| delta(&n.to_string())).collect();
    let frames = [
        event("messageStart", r#"{"role":"assistant"}"#),
        numbers,
        stop(),
        metadata(),
    ]
    .concat();
    let mut script = Script::stream(b"");
    // Cut where no frame ends.
    for piece in frames.chunks(16_381) {
        script = script.chunk(piece);
    }
    let server = Server::start(script.end()).await;

    let mut stream = open(&server).await;
    let mut expected = 0;
    while let Some(event) = stream.next().await.unwrap() {
        if let Event::ContentBlockDelta(delta) = event {
            let Delta::Text(text) = delta.delta else {
                panic!("{delta:?}");
            };
            assert_eq!(text, expected.to_string());
            expected += 1;
        }
    }

    assert_eq!(expected, COUNT);
}

#[tokio::test]
async fn a_caller_that_gives_up_waiting_loses_no_event() {
    let rest = answer().split_off(beginning().len());
    let mut script = Script::stream(&beginning());
    for byte in rest {
        script = script.chunk(&[byte]);
    }
    let server = Server::start(script.end()).await;
    let mut stream = open(&server).await;
    let mut events = 0;
    loop {
        // Polled once each time, and dropped where it would have to wait.
        tokio::select! {
            biased;
            event = stream.next() => match event.unwrap() {
                Some(_) => events += 1,
                None => break,
            },
            () = tokio::task::yield_now() => {}
        }
    }
    assert_eq!(events, 7);
}
