// Sends, checks, fetches and cancels verifications with Twilio's SDK, unchanged but for the host. Prints one word a step that went well.
import assert from "node:assert/strict";
import { randomInt, randomUUID } from "node:crypto";
import twilio from "twilio";

const [gateway, account, token, service] = process.argv.slice(2);

class GatewayClient extends twilio.RequestClient {
  request(options) {
    const url = new URL(options.uri);
    assert.equal(url.host, "verify.twilio.com");
    return super.request({ ...options, uri: new URL(url.pathname + url.search, gateway).href });
  }
}

const connect = (secret) => twilio(account, secret, { httpClient: new GatewayClient() }).verify.v2.services(service);
const verify = connect(token);
const phone = () => `+4477${String(randomInt(1e8)).padStart(8, "0")}`;
const wrongFor = (code) => String((Number(code[0]) + 1) % 10) + code.slice(1);
const isGone = { status: 404, code: 20404 };

async function codeOf(to) {
  const inbox = await (await fetch(new URL("/dev/inbox", gateway))).json();
  return inbox.find((message) => message.to === to).code;
}

const fetched = await verify.fetch();
assert.deepEqual([fetched.sid, fetched.accountSid, fetched.codeLength], [service, account, 6]);
console.log("service");

{
  const to = phone();
  const started = await verify.verifications.create({ to, channel: "sms" });
  assert.deepEqual([started.to, started.status, started.valid, started.sendCodeAttempts.length], [to, "pending", false, 1]);
  assert(started.dateCreated instanceof Date);
  assert.equal((await verify.verifications(started.sid).fetch()).status, "pending");
  assert.equal((await verify.verifications(to).fetch()).sid, started.sid);
  const code = await codeOf(to);
  const wrong = await verify.verificationChecks.create({ to, code: wrongFor(code) });
  assert.deepEqual([wrong.status, wrong.valid], ["pending", false]);
  const right = await verify.verificationChecks.create({ to, code });
  assert.deepEqual([right.sid, right.status, right.valid], [started.sid, "approved", true]);
  await assert.rejects(verify.verifications(started.sid).fetch(), isGone);
  console.log("sms");
}

{
  const to = `node-${randomUUID()}@example.com`;
  const { sid } = await verify.verifications.create({ to, channel: "email", locale: "en-GB" });
  const right = await verify.verificationChecks.create({ verificationSid: sid, code: await codeOf(to) });
  assert.deepEqual([right.to, right.channel, right.status], [to, "email", "approved"]);
  console.log("email");
}

{
  const to = phone();
  const { sid } = await verify.verifications.create({ to, channel: "sms" });
  const canceled = await verify.verifications(sid).update({ status: "canceled" });
  assert.deepEqual([canceled.sid, canceled.status], [sid, "canceled"]);
  await assert.rejects(verify.verificationChecks.create({ to, code: await codeOf(to) }), isGone);
  console.log("canceled");
}

await assert.rejects(verify.verifications.create({ to: "nobody", channel: "sms" }), { status: 400, code: 60200, message: "Invalid parameter: To" });
await assert.rejects(connect("another token").fetch(), { status: 401, code: 20003 });
console.log("refusals");
