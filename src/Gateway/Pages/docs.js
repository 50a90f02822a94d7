"use strict";

// Logs the page in: a client's id and secret for a token, which Swagger UI then sends with every call. Nothing is kept
// beyond the page: the secret is in its field and in the one request, the token in Swagger UI's memory.

const form = document.getElementById("otp-login");
const client = document.getElementById("otp-login-client");
const secret = document.getElementById("otp-login-secret");
const button = document.getElementById("otp-login-submit");
const status = document.getElementById("otp-login-status");
const meta = (name) => document.querySelector(`meta[name="${name}"]`)?.content;

function say(text, state) {
  status.textContent = text;
  status.dataset.state = state;
}

function endOf(token) {
  const claims = JSON.parse(atob(token.split(".")[1].replaceAll("-", "+").replaceAll("_", "/")));
  return new Date(claims.exp * 1000).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
}

// Swagger UI takes a token only once it has read the document, and until then does nothing with it.
async function authorize(token) {
  const end = Date.now() + 15_000;
  while (window.ui.preauthorizeApiKey("bearerAuth", token) === null) {
    if (Date.now() > end) {
      throw new Error("The document does not come.");
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

async function logIn() {
  const id = client.value;
  const answer = await fetch("../v2/token", {
    method: "POST",
    body: new URLSearchParams({ grant_type: "password", username: id, password: secret.value }),
  });
  const body = await answer.json();
  if (!answer.ok) {
    const wait = answer.headers.get("Retry-After");
    const reason = typeof body.detail === "string" ? body.detail : "Client and secret are both needed";
    say(wait === null ? reason : `${reason}: wait ${wait} s`, "refused");
    return;
  }
  await authorize(body.accessToken);
  say(`Logged in as ${id} until ${endOf(body.accessToken)}`, "in");
}

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  button.disabled = true;
  say("Logging in…", "busy");
  try {
    await logIn();
  } catch {
    say("The service does not answer", "refused");
  } finally {
    button.disabled = false;
  }
});

if (meta("demo-client") !== undefined) {
  client.value = meta("demo-client");
  secret.value = meta("demo-secret");
  document.getElementById("otp-inbox").hidden = false;
}

// Swagger UI looks at the colour scheme once, when it starts.
const dark = matchMedia("(prefers-color-scheme: dark)");
dark.addEventListener("change", () => document.documentElement.classList.toggle("dark-mode", dark.matches));
