// Makes the calls that come on its input, one a line, with Twilio's SDK, unchanged but for the host, and prints what the SDK makes of each answer.
import assert from "node:assert/strict";
import { createInterface } from "node:readline";
import twilio from "twilio";

const [account, service, ...gateways] = process.argv.slice(2);
let calls = 0;

class GatewayClient extends twilio.RequestClient {
  request(options) {
    const url = new URL(options.uri);
    assert.equal(url.host, "verify.twilio.com");
    return super.request({ ...options, uri: new URL(url.pathname + url.search, gateways[calls++ % gateways.length]).href });
  }
}

const makers = {
  service: (verify) => verify.fetch(),
  start: (verify, { parameters }) => verify.verifications.create(parameters),
  fetch: (verify, { id }) => verify.verifications(id).fetch(),
  update: (verify, { id, parameters }) => verify.verifications(id).update(parameters),
  check: (verify, { parameters }) => verify.verificationChecks.create(parameters),
};

async function answer({ call, secret, ...rest }) {
  const verify = twilio(account, secret, { httpClient: new GatewayClient() }).verify.v2.services(service);
  try {
    return { value: await makers[call](verify, rest) };
  } catch (error) {
    if (!(error instanceof twilio.RestException)) {
      throw error;
    }

    const { status, code, message, moreInfo } = error;
    return { error: { status, code, message, moreInfo } };
  }
}

for await (const line of createInterface({ input: process.stdin })) {
  console.log(JSON.stringify(await answer(JSON.parse(line))));
}
