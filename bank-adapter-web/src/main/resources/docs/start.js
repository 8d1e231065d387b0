SwaggerUIBundle({
  url: "/openapi.yml",
  dom_id: "#swagger-ui",
  deepLinking: true,
  // The token stays in the memory of the page, and goes with it.
  persistAuthorization: false,
  validatorUrl: null,
});
