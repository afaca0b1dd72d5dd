//! Processor time per delta of a stream.

use std::sync::{Arc, Mutex};

use aws_sdk_bedrockruntime as sdk;
use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::interceptors::context::BeforeDeserializationInterceptorContextMut;
use aws_smithy_runtime_api::client::interceptors::{Intercept, dyn_dispatch_hint};
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::byte_stream::ByteStream;
use aws_smithy_types::config_bag::ConfigBag;
use outcrop_converse::{Body, CacheSettings, Conversation, Delta, Event, Members, Settings};
use outcrop_policy::{Model, ModelId, Request};
use outcrop_transport::Client;
use sdk::types::{ContentBlock, ContentBlockDelta, ConversationRole, ConverseStreamOutput};

use crate::recorded::{CHUNKINGS, DELTAS};
use crate::server::model;
use crate::{clients, least, ratio};

/// Compares the bare loops over both clients' events, and shows what the bytes alone cost.
pub(crate) async fn compare(endpoint: &str) {
    let (ours, theirs) = (clients::ours(endpoint), clients::theirs(endpoint));
    println!("CPU per delta, of {DELTAS} (budget: 0.30 of the SDK's)");
    for frames in CHUNKINGS {
        let model = &model(frames);
        let [bytes, our_time, their_time] = least([0, 1, 2].map(|_| {
            let (ours, theirs) = (&ours, &theirs);
            async move |index| {
                let count = match index {
                    0 => return read_bytes(theirs, model).await,
                    1 => count_ours(ours, model).await,
                    _ => count_theirs(theirs, model).await,
                };
                assert_eq!(count, DELTAS);
            }
        }))
        .await;
        let per_delta = |time: std::time::Duration| {
            time.as_secs_f64() * 1e9 / f64::from(u32::try_from(DELTAS).unwrap())
        };
        println!(
            "  {frames:>2} frames a chunk: outcrop {:>5.0} ns, SDK {:>5.0} ns, ratio {:.2}; the HTTP \
             client without a reader of frames {:>5.0} ns",
            per_delta(our_time),
            per_delta(their_time),
            ratio(our_time, their_time),
            per_delta(bytes),
        );
    }
}

pub(crate) fn body(conversation: &Conversation) -> Body {
    let model = Model::resolve(ModelId::new("us.amazon.nova-lite-v1:0"), None);
    let settings = Settings {
        decision: &outcrop_policy::decide(&model, &Request::default()),
        stop_sequences: &[],
        additional_fields: &Members::default(),
        cache: CacheSettings::new(&model),
    };
    outcrop_converse::prepare(conversation, &settings)
        .unwrap()
        .body
}

async fn count_ours(client: &Client, model: &str) -> usize {
    let body = body(&Conversation::from("Hello."));
    let mut stream = client.stream(model, body).await.unwrap();
    let (mut count, mut length) = (0, 0);
    while let Some(event) = stream.next().await.unwrap() {
        if let Event::ContentBlockDelta(delta) = event
            && let Delta::Text(text) = delta.delta
        {
            count += 1;
            length += text.len();
        }
    }
    assert!(length > count);
    count
}

async fn count_theirs(client: &sdk::Client, model: &str) -> usize {
    let message = sdk::types::Message::builder()
        .role(ConversationRole::User)
        .content(ContentBlock::Text("Hello.".to_owned()))
        .build()
        .unwrap();
    let call = client.converse_stream().model_id(model).messages(message);
    let mut stream = call.send().await.unwrap().stream;
    let (mut count, mut length) = (0, 0);
    while let Some(event) = stream.recv().await.unwrap() {
        if let ConverseStreamOutput::ContentBlockDelta(delta) = event
            && let Some(ContentBlockDelta::Text(text)) = delta.delta
        {
            count += 1;
            length += text.len();
        }
    }
    assert!(length > count);
    count
}

/// The least that a client of this HTTP client can cost: nobody looks at the bytes.
async fn read_bytes(client: &sdk::Client, model: &str) {
    let body = TakeBody::default();
    let call = client.converse_stream().model_id(model).customize();
    call.interceptor(body.clone()).send().await.unwrap();
    let mut body = ByteStream::new(body.0.lock().unwrap().take().unwrap());
    let mut length = 0;
    while let Some(bytes) = body.try_next().await.unwrap() {
        length += bytes.len();
    }
    assert!(length > DELTAS * 100);
}

/// Takes the body of an answer before the SDK reads it.
#[derive(Clone, Debug, Default)]
struct TakeBody(Arc<Mutex<Option<SdkBody>>>);

#[dyn_dispatch_hint]
impl Intercept for TakeBody {
    fn name(&self) -> &'static str {
        "TakeBody"
    }

    fn modify_before_deserialization(
        &self,
        context: &mut BeforeDeserializationInterceptorContextMut<'_>,
        _components: &RuntimeComponents,
        _config: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let body = context.response_mut().body_mut();
        *self.0.lock().unwrap() = Some(std::mem::replace(body, SdkBody::empty()));
        Ok(())
    }
}
