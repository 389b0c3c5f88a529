const response = await fetch(new URL("api/v1/count", document.baseURI));
document.body.textContent = response.ok ? `${(await response.json()).count} events` : `${response.status}`;
