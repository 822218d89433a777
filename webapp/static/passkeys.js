// Asks the browser for a passkey and sends what it answers. Bytes travel as base64 in the alphabet for addresses.
"use strict";

const toBytes = (text) => {
  const plain = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
  return Uint8Array.from(plain, (letter) => letter.charCodeAt(0));
};

const toText = (bytes) => {
  const plain = Array.from(new Uint8Array(bytes), (byte) => String.fromCharCode(byte)).join("");
  return btoa(plain).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
};

const withBytes = (keys) => (keys || []).map((key) => ({ ...key, id: toBytes(key.id) }));

const ASKS = {
  async create(options) {
    const made = await navigator.credentials.create({
      publicKey: {
        ...options,
        challenge: toBytes(options.challenge),
        user: { ...options.user, id: toBytes(options.user.id) },
        excludeCredentials: withBytes(options.excludeCredentials),
      },
    });
    return {
      id: made.id,
      rawId: toText(made.rawId),
      type: made.type,
      extensions: JSON.stringify(made.getClientExtensionResults()),
      response: {
        attestationObject: toText(made.response.attestationObject),
        clientDataJSON: toText(made.response.clientDataJSON),
        transports: made.response.getTransports ? made.response.getTransports() : [],
      },
    };
  },
  async get(options) {
    const shown = await navigator.credentials.get({
      publicKey: {
        ...options,
        challenge: toBytes(options.challenge),
        allowCredentials: withBytes(options.allowCredentials),
      },
    });
    const { authenticatorData, clientDataJSON, signature, userHandle } = shown.response;
    return {
      id: shown.id,
      rawId: toText(shown.rawId),
      type: shown.type,
      response: {
        authenticatorData: toText(authenticatorData),
        clientDataJSON: toText(clientDataJSON),
        signature: toText(signature),
        userHandle: userHandle && userHandle.byteLength ? toText(userHandle) : null,
      },
    };
  },
};

const ask = async (form) => {
  const state = form.querySelector("[data-state]");
  const again = form.querySelector("[data-again]");
  again.hidden = true;
  state.textContent = "Follow what your browser asks.";
  try {
    const answer = await ASKS[form.dataset.passkey](JSON.parse(form.dataset.options));
    form.elements.credential.value = JSON.stringify(answer);
    form.submit();
  } catch {
    state.textContent = "No passkey came. You may have stopped it, or this device has none for this site.";
    again.hidden = false;
  }
};

if (window.PublicKeyCredential) {
  document.querySelectorAll("[data-needs-passkeys]").forEach((form) => { form.hidden = false; });
  document.querySelectorAll("[data-passkey]").forEach((form) => {
    form.querySelector("[data-again]").addEventListener("click", () => ask(form));
    ask(form);
  });
} else {
  document.querySelectorAll("[data-passkey] [data-state]").forEach((state) => {
    state.textContent = "This browser knows no passkeys.";
  });
}
