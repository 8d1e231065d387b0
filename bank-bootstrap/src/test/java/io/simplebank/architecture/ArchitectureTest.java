package io.simplebank.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.simplebank.architecture.fixture.adapter.persistence.account.AccountRow;
import io.simplebank.architecture.fixture.adapter.persistence.account.EntityThatOthersSee;
import io.simplebank.architecture.fixture.adapter.persistence.account.PersistenceThatKnows;
import io.simplebank.architecture.fixture.adapter.persistence.session.CallsAnInboundPort;
import io.simplebank.architecture.fixture.adapter.persistence.transfer.ThrowsAnything;
import io.simplebank.architecture.fixture.adapter.persistence.user.Pair;
import io.simplebank.architecture.fixture.adapter.web.account.InjectsFields;
import io.simplebank.architecture.fixture.adapter.web.account.WebThatKnows;
import io.simplebank.architecture.fixture.adapter.web.controller.PackagedByKind;
import io.simplebank.architecture.fixture.adapter.web.session.CallsAnOutboundPort;
import io.simplebank.architecture.fixture.adapter.web.session.NotNullMarked;
import io.simplebank.architecture.fixture.adapter.web.transfer.TransferRow;
import io.simplebank.architecture.fixture.adapter.web.user.ImplementsAnInboundPort;
import io.simplebank.architecture.fixture.adapter.web.user.UserJson;
import io.simplebank.architecture.fixture.application.account.NamedForNothing;
import io.simplebank.architecture.fixture.application.account.OpenService;
import io.simplebank.architecture.fixture.application.account.ServiceThatLogs;
import io.simplebank.architecture.fixture.application.session.PortlessService;
import io.simplebank.architecture.fixture.application.session.ServiceThatKnowsBootstrap;
import io.simplebank.architecture.fixture.application.transfer.TransferCommand;
import io.simplebank.architecture.fixture.application.transfer.TransfersQuery;
import io.simplebank.architecture.fixture.application.user.KeepsUsers;
import io.simplebank.architecture.fixture.application.user.ServiceOnAFramework;
import io.simplebank.architecture.fixture.bootstrap.BootstrapThatAnswers;
import io.simplebank.architecture.fixture.bootstrap.BootstrapWithSql;
import io.simplebank.architecture.fixture.bootstrap.BootstrapWithTables;
import io.simplebank.architecture.fixture.bootstrap.HasASetter;
import io.simplebank.architecture.fixture.bootstrap.KeepsAccounts;
import io.simplebank.architecture.fixture.bootstrap.LogsElsewhere;
import io.simplebank.architecture.fixture.bootstrap.PrintsToTheTerminal;
import io.simplebank.architecture.fixture.bootstrap.WiresByHand;
import io.simplebank.architecture.fixture.domain.account.AccountOnSql;
import io.simplebank.architecture.fixture.domain.account.KnowsATransfer;
import io.simplebank.architecture.fixture.domain.account.OpenAndMutable;
import io.simplebank.architecture.fixture.domain.money.InterfaceThatIsNoPort;
import io.simplebank.architecture.fixture.domain.port.in.TwoUseCases;
import io.simplebank.architecture.fixture.domain.port.in.UseCaseThatIsAClass;
import io.simplebank.architecture.fixture.domain.port.out.RepositoryThatIsAClass;
import io.simplebank.architecture.fixture.domain.session.ReadsTheRealClock;
import io.simplebank.architecture.fixture.domain.transfer.InsufficientFundsException;
import io.simplebank.architecture.fixture.domain.transfer.KnowsAnAccount;
import io.simplebank.architecture.fixture.util.PackagedOutsideTheModules;
import io.simplebank.domain.account.Account;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleDescriptor.Requires;
import java.lang.module.ModuleFinder;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Holds every {@link ArchitectureRule} against the bank, and against classes that break it. */
class ArchitectureTest {

  private static final String BANK = "io.simplebank";
  private static final String FIXTURE = "io.simplebank.architecture.fixture";

  /** Not what Micronaut generates: it follows from what is written, and nobody can mend it. */
  private static final ImportOption WRITTEN_BY_HAND =
      location -> !location.contains("/$") && !location.contains("$Intercepted");

  private static final ImportOption NO_TEST_JARS = location -> !location.contains("-tests.jar");

  private static final JavaClasses BANK_CLASSES =
      new ClassFileImporter()
          .withImportOption(WRITTEN_BY_HAND)
          .withImportOption(NO_TEST_JARS)
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages(BANK);

  private static final JavaClasses BAD_CLASSES =
      new ClassFileImporter().withImportOption(WRITTEN_BY_HAND).importPackages(FIXTURE);

  /** The classes that prove a rule. A rule without any does not compile. */
  private static List<Class<?>> badFixturesOf(ArchitectureRule rule) {
    return switch (rule) {
      case THE_DOMAIN_NEEDS_JAVA_BASE_ALONE -> List.of(AccountOnSql.class);
      case THE_APPLICATION_NEEDS_THE_DOMAIN_ALONE -> List.of(ServiceThatLogs.class);
      case DOMAIN_AND_APPLICATION_ARE_FREE_OF_FRAMEWORKS ->
          List.of(ServiceOnAFramework.class.getDeclaredClasses());
      case PERSISTENCE_KNOWS_THE_DOMAIN_ALONE ->
          List.of(PersistenceThatKnows.class.getDeclaredClasses());
      case WEB_KNOWS_THE_DOMAIN_ALONE -> List.of(WebThatKnows.class.getDeclaredClasses());
      case NOBODY_KNOWS_BOOTSTRAP -> List.of(ServiceThatKnowsBootstrap.class);
      case PACKAGES_HAVE_NO_CYCLES -> List.of(KnowsAnAccount.class, KnowsATransfer.class);
      case SERVICES_ARE_WIRED_BY_FACTORIES ->
          List.of(WiresByHand.class, WiresByHand.ByReference.class);
      case INBOUND_PORTS_ARE_ONE_USE_CASE_A_FILE ->
          List.of(TwoUseCases.class, UseCaseThatIsAClass.class);
      case COMMANDS_ARE_VALUES -> List.of(TwoUseCases.Command.class);
      case OUTCOMES_ARE_SEALED -> List.of(TwoUseCases.Outcome.class);
      case COMMANDS_HAVE_NO_FILES_OF_THEIR_OWN ->
          List.of(TransferCommand.class, TransfersQuery.class);
      case OUTBOUND_PORTS_ARE_INTERFACES -> List.of(RepositoryThatIsAClass.class);
      case INBOUND_PORTS_ARE_IMPLEMENTED_BY_THE_APPLICATION ->
          List.of(ImplementsAnInboundPort.class);
      case SERVICES_STAND_BEHIND_INBOUND_PORTS -> List.of(PortlessService.class);
      case OUTBOUND_PORTS_ARE_IMPLEMENTED_BY_PERSISTENCE ->
          List.of(KeepsUsers.class, KeepsAccounts.class);
      case WEB_CALLS_INBOUND_PORTS_ONLY -> List.of(CallsAnOutboundPort.class);
      case PERSISTENCE_CALLS_NO_INBOUND_PORTS -> List.of(CallsAnInboundPort.class);
      case INTERFACES_OF_THE_CORE_ARE_PORTS -> List.of(InterfaceThatIsNoPort.class);
      case INTERFACES_HAVE_MORE_THAN_ONE_CLASS -> List.of(Pair.class);
      case PACKAGES_ARE_NAMED_BY_SUBJECT ->
          List.of(PackagedByKind.class, PackagedOutsideTheModules.class);
      case TABLES_STAY_IN_PERSISTENCE -> List.of(BootstrapWithTables.class);
      case SQL_STAYS_IN_PERSISTENCE -> List.of(BootstrapWithSql.class);
      case ROWS_STAY_IN_PERSISTENCE -> List.of(TransferRow.class);
      case ROWS_ARE_PACKAGE_PRIVATE -> List.of(AccountRow.class, EntityThatOthersSee.class);
      case ROWS_BECOME_DOMAIN_TYPES -> List.of(AccountRow.class);
      case HTTP_AND_TOKENS_STAY_IN_WEB -> List.of(BootstrapThatAnswers.class.getDeclaredClasses());
      case JSON_RECORDS_ARE_PACKAGE_PRIVATE -> List.of(UserJson.class);
      case PACKAGES_ARE_NULL_MARKED -> List.of(NotNullMarked.class);
      case TYPES_OF_THE_DOMAIN_ARE_CLOSED -> List.of(OpenAndMutable.class);
      case SERVICES_ARE_FINAL -> List.of(OpenService.class);
      case THE_CORE_HAS_NO_EXCEPTIONS_OF_ITS_OWN -> List.of(InsufficientFundsException.class);
      case NO_GENERIC_EXCEPTIONS_ARE_THROWN ->
          List.of(ThrowsAnything.AnException.class, ThrowsAnything.AnError.class);
      case NO_GENERIC_EXCEPTIONS_ARE_DECLARED -> List.of(ThrowsAnything.Declared.class);
      case NO_FIELD_INJECTION -> List.of(InjectsFields.class.getDeclaredClasses());
      case NO_STANDARD_STREAMS ->
          List.of(PrintsToTheTerminal.class, PrintsToTheTerminal.AStackTrace.class);
      case NO_JAVA_UTIL_LOGGING -> List.of(LogsElsewhere.class);
      case TIME_COMES_FROM_THE_CLOCK_HANDED_IN ->
          List.of(ReadsTheRealClock.class.getDeclaredClasses());
      case NAMES_SAY_WHAT_A_CLASS_IS -> List.of(NamedForNothing.class.getDeclaredClasses());
      case NO_SETTERS -> List.of(HasASetter.class);
    };
  }

  @ParameterizedTest
  @EnumSource
  void holds_for_the_bank(ArchitectureRule rule) {
    rule.in(BANK).check(BANK_CLASSES);
  }

  @ParameterizedTest
  @EnumSource
  void catches_each_of_its_bad_fixtures(ArchitectureRule rule) {
    String violations =
        String.join("\n", rule.in(FIXTURE).evaluate(BAD_CLASSES).getFailureReport().getDetails());
    assertThat(badFixturesOf(rule))
        .isNotEmpty()
        .allSatisfy(
            bad ->
                assertThat(violations)
                    .containsPattern(Pattern.quote(bad.getName()) + "(?![\\w$])"));
  }

  @ParameterizedTest
  @EnumSource
  void does_not_hold_for_want_of_classes(ArchitectureRule rule) {
    JavaClasses none = new ClassFileImporter().importPackages(BANK + ".nobody.lives.here");
    assertThatThrownBy(() -> rule.in(BANK).check(none))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("failed to check any classes");
  }

  @ParameterizedTest
  @EnumSource
  void says_why_and_what_to_do(ArchitectureRule rule) {
    assertThat(rule.in(BANK).getDescription()).contains(", because ");
  }

  /** A rule about a misspelt package can never fail. */
  @ParameterizedTest
  @CsvSource({
    "domain, 40",
    "domain.port.in, 10",
    "domain.port.out, 8",
    "application, 4",
    "adapter.persistence, 15",
    "adapter.web, 25",
    "bootstrap, 5",
    "bootstrap.postgres, 4",
  })
  void each_module_has_contributed_classes(String module, int atLeast) {
    String name = BANK + "." + module;
    assertThat(BANK_CLASSES)
        .filteredOn(type -> (type.getPackageName() + ".").startsWith(name + "."))
        .hasSizeGreaterThanOrEqualTo(atLeast);
  }

  @Test
  void the_classes_that_a_rule_makes_an_exception_for_exist() {
    ArchitectureRule.Packages bank = new ArchitectureRule.Packages(BANK);
    assertThat(BANK_CLASSES)
        .extracting(JavaClass::getName)
        .contains(bank.greeter())
        .containsAll(
            ArchitectureRule.PORTS_WITHOUT_A_STORE.stream()
                .map(port -> bank.portOut() + "." + port)
                .toList());
  }

  @Test
  void no_test_and_no_fixture_counts_as_the_bank() {
    assertThat(BANK_CLASSES)
        .extracting(JavaClass::getName)
        .noneMatch(name -> name.startsWith("io.simplebank.architecture"))
        .noneMatch(name -> name.endsWith("Test") || name.endsWith("Contract"));
  }

  @Test
  void the_domain_module_requires_java_base_alone() throws URISyntaxException {
    Path location =
        Path.of(Account.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    ModuleDescriptor domain =
        ModuleFinder.of(location).find("io.simplebank.domain").orElseThrow().descriptor();
    assertThat(neededAtRunTime(domain))
        .as("what whoever reuses the domain's jar has to bring; put it behind a port instead")
        .containsExactly("java.base");
    assertThat(domain.requires()).extracting(Requires::name).contains("org.jspecify");
  }

  @Test
  void a_domain_module_that_requires_more_is_caught() {
    ModuleDescriptor bad =
        ModuleDescriptor.newModule("bad").requires("java.base").requires("java.sql").build();
    assertThat(neededAtRunTime(bad)).containsExactlyInAnyOrder("java.base", "java.sql");
  }

  private static Set<String> neededAtRunTime(ModuleDescriptor module) {
    return module.requires().stream()
        .filter(
            required ->
                !required.name().equals("org.jspecify")
                    || !required.modifiers().contains(Requires.Modifier.STATIC))
        .map(Requires::name)
        .collect(Collectors.toUnmodifiableSet());
  }
}
