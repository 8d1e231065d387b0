package io.simplebank.adapter.web.openapi;

import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import io.simplebank.adapter.web.problem.Problem;
import io.simplebank.adapter.web.problem.ProblemCode;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Properties;

/**
 * The document of the API, and a page that shows it and on which it can be tried out. The page
 * (Swagger UI) comes from this server alone, so it works without the internet.
 */
@Controller
@ExecuteOn(TaskExecutors.BLOCKING)
@Secured(SecurityRule.IS_ANONYMOUS)
@Tag(name = "Operations")
final class DocumentController {
  private static final String YAML = "application/yaml";
  private static final String JAVASCRIPT = "text/javascript";

  /** Nothing from elsewhere and nothing inline; Swagger UI draws its icons from its stylesheet. */
  private static final String PAGE_POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
          + " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  private static final String DOCUMENT = "META-INF/openapi.yml";
  private static final String SWAGGER_UI = "META-INF/resources/webjars/swagger-ui/";
  private static final String SWAGGER_UI_VERSION =
      "META-INF/maven/org.webjars/swagger-ui/pom.properties";

  private final Map<String, PageFile> pageFiles;

  DocumentController() {
    String swaggerUi = SWAGGER_UI + swaggerUiVersion() + "/";
    pageFiles =
        Map.of(
            "start.js", new PageFile("docs/start.js", JAVASCRIPT),
            "swagger-ui-bundle.js", new PageFile(swaggerUi + "swagger-ui-bundle.js", JAVASCRIPT),
            "swagger-ui.css", new PageFile(swaggerUi + "swagger-ui.css", MediaType.TEXT_CSS));
  }

  @Get("/openapi.yml")
  @Produces(YAML)
  @Operation(summary = "This document")
  @ApiResponse(
      responseCode = "200",
      content = @Content(mediaType = YAML, schema = @Schema(type = "string")))
  HttpResponse<InputStream> document() {
    return HttpResponse.ok(resource(DOCUMENT));
  }

  @Get("/docs")
  @Produces(MediaType.TEXT_HTML)
  @Operation(summary = "A page that shows this document and tries it out")
  @ApiResponse(
      responseCode = "200",
      content = @Content(mediaType = MediaType.TEXT_HTML, schema = @Schema(type = "string")))
  HttpResponse<InputStream> page() {
    return HttpResponse.ok(resource("docs/index.html"))
        .header("Content-Security-Policy", PAGE_POLICY);
  }

  @Get("/docs/{file}")
  @Produces({JAVASCRIPT, MediaType.TEXT_CSS})
  @Operation(summary = "What the page consists of")
  @ApiResponse(
      responseCode = "200",
      content = {
        @Content(mediaType = JAVASCRIPT, schema = @Schema(type = "string")),
        @Content(mediaType = MediaType.TEXT_CSS, schema = @Schema(type = "string"))
      })
  @ApiResponse(responseCode = "404", description = "not_found")
  HttpResponse<?> pageFile(String file) {
    PageFile found = pageFiles.get(file);
    return found == null
        ? Problem.of(ProblemCode.NOT_FOUND, "the page has no file " + file).response()
        : HttpResponse.ok(resource(found.path())).contentType(found.mediaType());
  }

  private static String swaggerUiVersion() {
    try (InputStream file = resource(SWAGGER_UI_VERSION)) {
      Properties properties = new Properties();
      properties.load(file);
      return properties.getProperty("version");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static InputStream resource(String path) {
    InputStream resource = DocumentController.class.getClassLoader().getResourceAsStream(path);
    if (resource == null) {
      throw new IllegalStateException("the build has left out " + path);
    }
    return resource;
  }

  private record PageFile(String path, String mediaType) {}
}
