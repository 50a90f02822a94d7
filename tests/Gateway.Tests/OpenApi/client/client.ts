// Signs a customer in through LoyaltyDog's calls and a member through Loyalife's, by a client that knows no more of the service than the
// types generated from its document. Prints one word a step that went well.
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import createClient from "openapi-fetch";
import type { components, paths } from "./generated/schema.js";

const [baseUrl, clientId, adminId, secret, program] = process.argv.slice(2) as [string, string, string, string, string];
const customer = `ts-${randomUUID()}@example.com`;
const member = { reference: `CID-${randomUUID()}`, email: `ts-${randomUUID()}@example.com` };
const api = createClient<paths>({ baseUrl });

async function logIn(username: string): Promise<{ Authorization: string }> {
  const { data } = await api.POST("/v2/token", {
    body: { username, password: secret, grant_type: "password" },
    headers: { "Content-Type": "application/x-www-form-urlencoded" },
  });
  assert(data);
  assert.equal(data.tokenType, "bearer");
  return { Authorization: `Bearer ${data.accessToken}` };
}

async function loyaltyDog(): Promise<void> {
  const headers = await logIn(clientId);
  const key = randomUUID();
  const send = { body: { target: customer }, params: { header: { "Idempotency-Key": key } }, headers };
  const sent = await api.POST("/v2/giftcards/customers/otp/send", send);
  assert(sent.data);
  assert.equal(sent.data.otpType, "email");
  assert.match(sent.response.headers.get("RateLimit") ?? "", /r=4;/);
  const again = await api.POST("/v2/giftcards/customers/otp/send", send);
  assert.deepEqual(again.data, sent.data);

  const code = sent.data.mockCode;
  assert(code);
  const verified = await api.POST("/v2/giftcards/customers/otp/verify", { body: { target: customer, code, name: "Jane Doe" }, headers });
  assert(verified.data?.sessionToken);
  const identity: components["schemas"]["CustomerIdentityResponse"] | null = verified.data.identity;
  assert.equal(identity?.email, customer);

  const used = await api.POST("/v2/giftcards/customers/otp/verify", { body: { target: customer, code }, headers });
  assert.equal(used.response.status, 400);
  assert(used.error && "success" in used.error);
  assert.equal(used.error.success, false);

  const session = await api.POST("/v2/giftcards/customers/session", { body: { sessionToken: verified.data.sessionToken }, headers });
  assert.equal(session.data?.valid, true);
  assert.deepEqual(session.data?.identity, identity);
}

async function loyalife(): Promise<void> {
  const admin = await logIn(adminId);
  const put = await api.PUT("/admin/members/{relationReference}", {
    params: { path: { relationReference: member.reference } },
    body: { email: member.email },
    headers: admin,
  });
  assert.equal(put.data?.channel, "email");

  const token = await api.POST("/lbms-ingress/oauth/api/Auth/Token", {
    body: { grant_type: "client_credentials", client_id: clientId, client_secret: secret, scope: JSON.stringify(["LOGIN", member.reference]) },
  });
  assert(token.data);
  const headers = { Authorization: `bearer ${token.data.results.token}` };
  const common = { UniquerefID: member.email, OtpType: "LOGIN", ProgramId: Number(program), RelationType: 4 } as const;
  const generated = await api.POST("/lbms-ingress/member/api/Member/GenerateOTP", {
    body: { ...common, SourceAddress: "192.168.1.1", SourceCode: 1 },
    headers,
  });
  assert.equal(generated.data?.results.ErrorCode, "000");

  const inbox = await api.GET("/dev/inbox");
  // A page for browsers: JSON is what other callers get.
  assert(Array.isArray(inbox.data));
  const code = inbox.data.find((message) => message.to === member.email)?.code;
  assert(code);
  const verify = { body: { ...common, OTP: Number(code), DestinationAddress: "192.168.1.1", Destination: "Web" }, headers } as const;
  const verified = await api.POST("/lbms-ingress/member/api/Member/VerifyOTP", verify);
  assert.equal(verified.data?.results.ReturnObject, true);

  const used = await api.POST("/lbms-ingress/member/api/Member/VerifyOTP", verify);
  assert.equal(used.response.status, 400);
  assert.equal(used.error?.results.ErrorCode, "E201");
}

await loyaltyDog();
console.log("loyaltydog");
await loyalife();
console.log("loyalife");
