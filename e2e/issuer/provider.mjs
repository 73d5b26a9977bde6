/**
 * An issuer that nobody of Sluice wrote (`oidc-provider`, certified for OpenID Connect), on a free port of this machine:
 *
 *     node issuer/provider.mjs
 *
 * prints its address, for `sluice-local up --issuer ADDRESS`. Whoever signs in is who they say: the login is the `sub`, and so one of the
 * demo's people ("supplier-aro-1"). It forgets everything when it ends. Of its pages only the words are ours: the two forms that it wants.
 */
import { createServer } from "node:http";
import { text } from "node:stream/consumers";
import Provider, { interactionPolicy } from "oidc-provider";

const CLIENT = "sluice-page";
/** Whose access tokens these are: a token without a resource would be a word that only the issuer can look up (RFC 8707). */
const RESOURCE = "urn:sluice:page";
const TOKEN_SECONDS = 900;

const server = createServer();
await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
const issuer = `http://127.0.0.1:${server.address().port}`;

const inPage = (form) => `<!doctype html><html lang="en"><title>Another issuer</title><link rel="icon" href="data:,"><h1>Another issuer</h1>${form}</html>`;

const policy = interactionPolicy.base();
// A native client's people are asked each time what it may do: no program of this machine can then be signed in unseen. Here all are tests.
policy.get("consent").checks.remove("native_client_prompt");

const provider = new Provider(issuer, {
  clients: [
    {
      client_id: CLIENT,
      // It has no secret, and proves itself by PKCE. Of a native one any port of loopback will do: which one is the page's is not known yet.
      token_endpoint_auth_method: "none",
      application_type: "native",
      redirect_uris: ["http://127.0.0.1/signed-in"],
      post_logout_redirect_uris: ["http://127.0.0.1/"],
      grant_types: ["authorization_code"],
      response_types: ["code"],
    },
  ],
  findAccount: (_, sub) => ({ accountId: sub, claims: () => ({ sub }) }),
  loadExistingGrant: async ({ oidc }) => {
    const grant = new oidc.provider.Grant({ accountId: oidc.session.accountId, clientId: oidc.client.clientId });
    grant.addOIDCScope("openid");
    await grant.save();
    return grant;
  },
  interactions: { policy, url: (_, { uid }) => `/interaction/${uid}` },
  clientBasedCORS: (_, origin) => /^http:\/\/127\.0\.0\.1:\d+$/.test(origin),
  cookies: { keys: ["for the tests of one machine"] },
  ttl: { AccessToken: TOKEN_SECONDS, AuthorizationCode: 60, IdToken: TOKEN_SECONDS, Session: 3_600, Interaction: 600, Grant: 3_600 },
  // As Keycloak says it by itself, and Entra and Auth0 when they are told to: RFC 9068, section 2.2.1.
  extraTokenClaims: ({ oidc }) => (oidc.entities.AuthorizationCode ? { auth_time: oidc.entities.AuthorizationCode.authTime } : undefined),
  features: {
    devInteractions: { enabled: false },
    rpInitiatedLogout: {
      enabled: true,
      logoutSource: (ctx, form) => {
        ctx.body = inPage(`${form}<button form="op.logoutForm" name="logout" value="yes">Sign me out</button>`);
      },
    },
    resourceIndicators: {
      enabled: true,
      defaultResource: () => RESOURCE,
      useGrantedResource: () => true,
      getResourceServerInfo: () => ({ scope: "", audience: CLIENT, accessTokenFormat: "jwt", accessTokenTTL: TOKEN_SECONDS }),
    },
  },
});

/** Asks who it is, and takes the answer. */
async function interact(request, response) {
  await provider.interactionDetails(request, response);
  if (request.method === "POST") {
    const accountId = new URLSearchParams(await text(request)).get("login");
    return provider.interactionFinished(request, response, { login: { accountId } });
  }
  response.setHeader("content-type", "text/html");
  return response.end(inPage(`<form method="post"><label>Login <input name="login" required></label><button>Sign in here</button></form>`));
}

const answer = provider.callback();
server.on("request", (request, response) => {
  if (!request.url.startsWith("/interaction/")) return answer(request, response);
  return interact(request, response).catch((error) => response.writeHead(400).end(error.message));
});
console.log(issuer);
