package io.simplebank.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaConstructor.CONSTRUCTOR_NAME;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.codeUnits;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.GeneralCodingRules.BE_ANNOTATED_WITH_AN_INJECTION_ANNOTATION;
import static com.tngtech.archunit.library.GeneralCodingRules.THROW_GENERIC_EXCEPTIONS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;

/**
 * Every rule of the architecture, each with its reason and with what to do instead. A rule is a
 * function of the root package, so that it can be tried on bad classes below another root.
 *
 * <p>A new rule is one more constant here; {@link ArchitectureTest} then asks for its bad fixture.
 */
@SuppressWarnings("ImmutableEnumChecker") // The functions keep nothing.
enum ArchitectureRule {

  // What the modules may depend on.

  THE_DOMAIN_NEEDS_JAVA_BASE_ALONE(
      bank ->
          classes()
              .that()
              .resideInAPackage(bank.domain())
              .should()
              .onlyDependOnClassesThat(
                  resideInAnyPackage(bank.domain(), "org.jspecify.annotations").or(inJavaBase()))
              .because(
                  "other services reuse the domain's jar with nothing beside it. Keep the rule"
                      + " here and put what needs a library behind a port in domain.port.out")),

  THE_APPLICATION_NEEDS_THE_DOMAIN_ALONE(
      bank ->
          classes()
              .that()
              .resideInAPackage(bank.application())
              .should()
              .onlyDependOnClassesThat(
                  resideInAnyPackage(bank.application(), bank.domain(), "org.jspecify.annotations")
                      .or(inJavaBase()))
              .because(
                  "the services must run on any database, under any framework and in a plain unit"
                      + " test. Put what needs more behind a port in domain.port.out, and let an"
                      + " adapter or bootstrap implement it")),

  DOMAIN_AND_APPLICATION_ARE_FREE_OF_FRAMEWORKS(
      bank ->
          noClasses()
              .that()
              .resideInAnyPackage(bank.domain(), bank.application())
              .should()
              .dependOnClassesThat()
              .resideInAnyPackage(
                  "io.micronaut..",
                  "jakarta..",
                  "javax.inject..",
                  "java.sql..",
                  "javax.sql..",
                  "com.fasterxml.jackson..",
                  "tools.jackson..",
                  "org.springframework..")
              .because(
                  "the rules of the bank outlive every framework: no Micronaut, no Jakarta, no SQL,"
                      + " no JSON. Annotate and convert in the adapters, create beans in"
                      + " bootstrap's factories")),

  PERSISTENCE_KNOWS_THE_DOMAIN_ALONE(
      bank ->
          noClasses()
              .that()
              .resideInAPackage(bank.persistence())
              .should()
              .dependOnClassesThat()
              .resideInAnyPackage(bank.application(), bank.web(), bank.bootstrap())
              .because(
                  "an adapter is replaceable as long as it knows its ports and nothing else. Move"
                      + " what both sides need into the domain")),

  WEB_KNOWS_THE_DOMAIN_ALONE(
      bank ->
          noClasses()
              .that()
              .resideInAPackage(bank.web())
              .should()
              .dependOnClassesThat()
              .resideInAnyPackage(bank.application(), bank.persistence(), bank.bootstrap())
              .because(
                  "a controller that calls a service or a table directly goes round the ports. Call"
                      + " an interface in domain.port.in; add one for a use case that is missing")),

  NOBODY_KNOWS_BOOTSTRAP(
      bank ->
          noClasses()
              .that()
              .resideOutsideOfPackage(bank.bootstrap())
              .should()
              .dependOnClassesThat()
              .resideInAPackage(bank.bootstrap())
              .because(
                  "bootstrap knows every module, so whoever knows bootstrap knows all of them."
                      + " Have the value or the port handed in through a constructor")),

  PACKAGES_HAVE_NO_CYCLES(
      bank ->
          slices()
              .matching(bank.root() + ".(**)")
              .should()
              .beFreeOfCycles()
              .because(
                  "packages in a cycle can only be understood and changed together. Move the shared"
                      + " type to the package that both may know, or turn one direction round with"
                      + " a port")),

  SERVICES_ARE_WIRED_BY_FACTORIES(
      bank ->
          classes()
              .that()
              .resideOutsideOfPackage(bank.application())
              .and(construct(servicesOf(bank)))
              .should()
              .beAnnotatedWith("io.micronaut.context.annotation.Factory")
              .because(
                  "there is one place that says which service gets which port. Create the service"
                      + " in a @Factory of bootstrap and ask for the bean")),

  // Ports.

  INBOUND_PORTS_ARE_ONE_USE_CASE_A_FILE(
      bank ->
          classes()
              .that()
              .resideInAPackage(bank.portIn())
              .and(areTopLevelTypes())
              .should(
                  be(
                      "a public interface with one method",
                      type ->
                          type.isInterface()
                              && type.getModifiers().contains(JavaModifier.PUBLIC)
                              && abstractMethods(type) == 1))
              .because(
                  "port.in is the feature list that a newcomer reads first. Give a second use case"
                      + " a file of its own, and nest what a use case takes and answers in its"
                      + " interface")),

  COMMANDS_ARE_VALUES(
      bank ->
          classes()
              .that()
              .resideInAPackage(bank.portIn())
              .and()
              .areNestedClasses()
              .should(be("a record, an enum or a sealed interface", ArchitectureRule::isValue))
              .because(
                  "what goes through a port is data that nobody changes on the way. Make the"
                      + " command, the query or the outcome a record that checks itself")),

  OUTCOMES_ARE_SEALED(
      bank ->
          classes()
              .that()
              .resideInAPackage(bank.domain())
              .and()
              .haveSimpleNameEndingWith("Outcome")
              .should(be("a sealed interface", type -> type.isInterface() && type.isSealed()))
              .because(
                  "the compiler makes a caller handle every case of a sealed type, and none of any"
                      + " other. Declare `sealed interface Outcome` with one record a case")),

  COMMANDS_HAVE_NO_FILES_OF_THEIR_OWN(
      bank ->
          noClasses()
              .that(areTopLevelTypes())
              .should()
              .haveSimpleNameEndingWith("Command")
              .orShould()
              .haveSimpleNameEndingWith("Query")
              .because(
                  "a use case is read as a whole. Nest the record as Command or Query in the"
                      + " interface that takes it")),

  OUTBOUND_PORTS_ARE_INTERFACES(
      bank ->
          classes()
              .that()
              .resideInAPackage(bank.portOut())
              .and(areTopLevelTypes())
              .should()
              .beInterfaces()
              .because(
                  "port.out says what the bank needs, not how it is done. Leave an interface here"
                      + " and move the code to an adapter; values belong to their subject")),

  INBOUND_PORTS_ARE_IMPLEMENTED_BY_THE_APPLICATION(
      bank ->
          classes()
              .that(implementPortsOf(bank.portIn()))
              .should()
              .resideInAPackage(bank.application())
              .because(
                  "the adapters and bootstrap call use cases, they are none. Move the class to the"
                      + " application, beside the service of its subject")),

  SERVICES_STAND_BEHIND_INBOUND_PORTS(
      bank ->
          classes()
              .that()
              .resideInAPackage(bank.application())
              .and()
              .haveSimpleNameEndingWith("Service")
              .should(implementPort(bank.portIn()))
              .because(
                  "a service that no port names is missing from the feature list and out of the"
                      + " adapters' reach. Add its use case to domain.port.in, or name the class"
                      + " for what it is")),

  OUTBOUND_PORTS_ARE_IMPLEMENTED_BY_PERSISTENCE(
      bank ->
          classes()
              .that(implementPortsOf(bank.portOut()))
              .should(
                  be(
                      "in persistence, or in bootstrap for PasswordHasher and MailSender alone",
                      type ->
                          resideInAPackage(bank.persistence()).test(type)
                              || (resideInAPackage(bank.bootstrap()).test(type)
                                  && portsOf(type, bank.portOut())
                                      .allMatch(ArchitectureRule::needsNoStore))))
              .because(
                  "what the bank keeps is kept in one place, under one set of contract tests. Move"
                      + " the class to adapter.persistence")),

  WEB_CALLS_INBOUND_PORTS_ONLY(
      bank ->
          noClasses()
              .that()
              .resideInAPackage(bank.web())
              .should()
              .dependOnClassesThat()
              .resideInAPackage(bank.portOut())
              .because(
                  "a controller that reads a repository skips the rules of who may see what. Call a"
                      + " use case of domain.port.in; add one that is missing")),

  PERSISTENCE_CALLS_NO_INBOUND_PORTS(
      bank ->
          noClasses()
              .that()
              .resideInAPackage(bank.persistence())
              .should()
              .dependOnClassesThat()
              .resideInAPackage(bank.portIn())
              .because(
                  "persistence is called and calls nobody back. Let the service pass what is needed"
                      + " through the outbound port, as types of the subject")),

  INTERFACES_OF_THE_CORE_ARE_PORTS(
      bank ->
          classes()
              .that()
              .resideInAnyPackage(bank.domain(), bank.application())
              .and(
                  describe(
                      "are interfaces that anybody may implement",
                      ArchitectureRule::isOpenInterface))
              .should()
              .resideInAnyPackage(bank.portIn(), bank.portOut())
              .because(
                  "an interface that anybody may implement is a port, and ports are found in"
                      + " domain.port. Move it there, seal it, or make it a class")),

  INTERFACES_HAVE_MORE_THAN_ONE_CLASS(
      bank ->
          noClasses()
              .that()
              .resideInAnyPackage(bank.persistence(), bank.web(), bank.bootstrap())
              .should(
                  be(
                      "the interface of a single class",
                      type -> isOpenInterface(type) && type.getAllSubclasses().size() == 1))
              .because(
                  "one class with one interface is one idea in two files. Use the class; beyond"
                      + " ports an interface needs several classes behind it")),

  // Where things live.

  PACKAGES_ARE_NAMED_BY_SUBJECT(
      bank ->
          classes()
              .should()
              .resideInAnyPackage(bank.allowed())
              .because(
                  "a newcomer who looks for transfers finds the rules, the service, the SQL and the"
                      + " controller in packages that end in .transfer, not in controller, service,"
                      + " dto, mapper, model or util. Move the class to its subject; a subject that"
                      + " is new to the bank is added to SUBJECTS")),

  TABLES_STAY_IN_PERSISTENCE(
      bank ->
          noClasses()
              .that()
              .resideOutsideOfPackage(bank.persistence())
              .should()
              .dependOnClassesThat()
              .resideInAnyPackage(
                  "io.micronaut.data..",
                  "io.micronaut.jdbc..",
                  "io.micronaut.transaction..",
                  "io.micronaut.configuration.jdbc..",
                  "io.micronaut.flyway..",
                  "org.flywaydb..",
                  "com.zaxxer.hikari..")
              .because(
                  "tables change with the database and nobody else may notice. Ask for the data"
                      + " through a port in domain.port.out, as types of the domain")),

  SQL_STAYS_IN_PERSISTENCE(
      bank ->
          noClasses()
              // The embedded PostgreSQL has to create the empty database that persistence then
              // connects to: so early there is no data source to do it with.
              .that()
              .resideOutsideOfPackages(bank.persistence(), bank.embeddedPostgres())
              .should()
              .dependOnClassesThat()
              .resideInAnyPackage("java.sql..", "javax.sql..", "org.postgresql..")
              .because(
                  "whoever reviews the SQL must find all of it in one place. Move it to"
                      + " adapter.persistence, behind a port in domain.port.out")),

  ROWS_STAY_IN_PERSISTENCE(
      bank ->
          classes()
              .that(areRows())
              .should()
              .resideInAPackage(bank.persistence())
              .because(
                  "a row has the shape of a table, which is nobody else's business. Move it to"
                      + " adapter.persistence, or name it for what it is")),

  ROWS_ARE_PACKAGE_PRIVATE(
      bank ->
          classes()
              .that(areRows())
              .should()
              .bePackagePrivate()
              .orShould()
              .bePrivate()
              .because(
                  "a row that another package can see becomes its type too. Drop the modifier and"
                      + " hand out what toDomainType() of the row returns")),

  ROWS_BECOME_DOMAIN_TYPES(
      bank ->
          classes()
              .that()
              .haveSimpleNameEndingWith("Row")
              .and()
              .areRecords()
              .should(
                  be(
                      "able to become a type of the domain",
                      row ->
                          row.getMethods().stream()
                              .map(method -> method.getRawReturnType())
                              .anyMatch(resideInAPackage(bank.domain()))))
              .because(
                  "there are no mapper classes: a row is read where it is declared. Give the record"
                      + " a method such as toAccount()")),

  HTTP_AND_TOKENS_STAY_IN_WEB(
      bank ->
          noClasses()
              .that()
              .resideOutsideOfPackage(bank.web())
              .should()
              .dependOnClassesThat(
                  resideInAnyPackage(
                          "io.micronaut.http..",
                          "io.micronaut.web..",
                          "io.micronaut.security..",
                          "io.netty..",
                          "com.nimbusds..",
                          "io.swagger..",
                          "java.net.http..")
                      .and(
                          describe(
                              "are not what starting the server needs", type -> !isStart(type)))
                      .as("speak HTTP or JWT, starting the server aside"))
              .because(
                  "the wire contract is kept in one module. Move the class to adapter.web;"
                      + " bootstrap may start the server and hear that it does not start")),

  JSON_RECORDS_ARE_PACKAGE_PRIVATE(
      bank ->
          classes()
              .that()
              .resideInAPackage(bank.web())
              .and()
              .areRecords()
              .should(
                  be(
                      "hidden in its package unless another package uses it",
                      type ->
                          !type.getModifiers().contains(JavaModifier.PUBLIC)
                              || usedByAnotherPackage(type)))
              .because(
                  "JSON that nobody else can see can be changed without asking around. Drop the"
                      + " word public")),

  PACKAGES_ARE_NULL_MARKED(
      bank ->
          classes()
              .should(
                  be(
                      "in a package whose package-info says @NullMarked",
                      type -> type.getPackage().isAnnotatedWith(NullMarked.class)))
              .because(
                  "NullAway checks nothing in a package that is not marked. Add a package-info.java"
                      + " with @NullMarked and two to five lines: who lives there, what may not")),

  // Style.

  TYPES_OF_THE_DOMAIN_ARE_CLOSED(
      bank ->
          classes()
              .that()
              .resideInAPackage(bank.domain())
              .and()
              .areNotInterfaces()
              .and()
              .areNotAnonymousClasses()
              .should(be("a record, an enum or final", ArchitectureRule::isClosed))
              .because(
                  "a value that a subclass can change is no value. Make it a record that checks"
                      + " itself, an enum, a sealed interface, or at least final")),

  SERVICES_ARE_FINAL(
      bank ->
          classes()
              .that()
              .resideInAPackage(bank.application())
              .and()
              .areNotInterfaces()
              .and()
              .areNotAnonymousClasses()
              .should(be("a record, an enum or final", ArchitectureRule::isClosed))
              .because(
                  "services are put together from ports, not extended. Write final; where two"
                      + " services share code, give it a class of its own and hand it in")),

  THE_CORE_HAS_NO_EXCEPTIONS_OF_ITS_OWN(
      bank ->
          noClasses()
              .that()
              .resideInAnyPackage(bank.domain(), bank.application())
              .should()
              .beAssignableTo(Throwable.class)
              .because(
                  "a declined order is an outcome that the caller must handle, never an exception."
                      + " Add a case to the sealed outcome; for a bug, IllegalStateException and"
                      + " IllegalArgumentException are enough")),

  NO_GENERIC_EXCEPTIONS_ARE_THROWN(
      bank ->
          noClasses()
              .should(THROW_GENERIC_EXCEPTIONS)
              .orShould()
              .callConstructorWhere(
                  describe(
                      "an Error is constructed",
                      call -> call.getTargetOwner().isEquivalentTo(Error.class)))
              .because(
                  "whoever catches one catches everything. Throw the exception that says what is"
                      + " wrong: IllegalArgumentException, IllegalStateException,"
                      + " UncheckedIOException")),

  NO_GENERIC_EXCEPTIONS_ARE_DECLARED(
      bank ->
          codeUnits()
              .should(
                  ArchCondition.<JavaCodeUnit>from(
                      describe(
                          "declare no generic exceptions",
                          unit ->
                              unit.getExceptionTypes().stream()
                                  .noneMatch(type -> isGenericException(type)))))
              .because(
                  "`throws Exception` makes every caller catch everything. Declare the exceptions"
                      + " that really come, such as IOException")),

  NO_FIELD_INJECTION(
      bank ->
          noFields()
              .that()
              .areDeclaredInClassesThat()
              .areNotRecords()
              .should(BE_ANNOTATED_WITH_AN_INJECTION_ANNOTATION)
              .orShould(
                  ArchCondition.<JavaField>from(
                      describe(
                          "be annotated with an injection annotation of Micronaut",
                          field ->
                              field.isAnnotatedWith("io.micronaut.context.annotation.Value")
                                  || field.isAnnotatedWith(
                                      "io.micronaut.context.annotation.Property"))))
              .because(
                  "an object that is filled later exists half made, and a test cannot make it."
                      + " Take it in the constructor and keep it in a final field")),

  NO_STANDARD_STREAMS(
      bank ->
          noClasses()
              // A person who tries the bank out by hand is greeted on the terminal with the
              // banker's password, which no log may hold.
              .that()
              .doNotHaveFullyQualifiedName(bank.greeter())
              .should(ACCESS_STANDARD_STREAMS)
              .because(
                  "operators read the log, with its times and levels. Log with SLF4J; in the domain"
                      + " and the application return what there is to say")),

  NO_JAVA_UTIL_LOGGING(
      bank ->
          noClasses()
              .should()
              .dependOnClassesThat()
              .resideInAPackage("java.util.logging..")
              .because("a second log is one that nobody reads. Log with SLF4J")),

  TIME_COMES_FROM_THE_CLOCK_HANDED_IN(
      bank ->
          noClasses()
              .that()
              .resideOutsideOfPackage(bank.bootstrap())
              .should()
              .accessTargetWhere(
                  describe("the real clock is read", ArchitectureRule::readsTheRealClock))
              .because(
                  "what happens at midnight, at expiry or when clocks differ is tested with a clock"
                      + " that a test can set. Take an InstantSource in the constructor and call"
                      + " instant() on it")),

  NAMES_SAY_WHAT_A_CLASS_IS(
      bank ->
          noClasses()
              .should(
                  be(
                      "named Impl, Manager, Helper, Util or Mapper",
                      type ->
                          type.getSimpleName().matches(".*(Impl|Manager|Helper|Utils?|Mapper)")))
              .because(
                  "such a name says nothing of what the class is for. Name it for what it does, as"
                      + " the trade does; a mapper is a static factory or a toX() on the record")),

  NO_SETTERS(
      bank ->
          methods()
              .should(
                  ArchCondition.<JavaMethod>from(
                      describe(
                          "not be setters",
                          method ->
                              !method.getName().matches("set\\p{Lu}.*")
                                  || method.getRawParameterTypes().size() != 1)))
              .because(
                  "an object that is whole from its constructor on is never caught half changed."
                      + " Take the value in the constructor, or return a changed copy"));

  /** What the bank deals with: the only names of packages below a module. */
  private static final List<String> SUBJECTS =
      List.of("account", "transfer", "user", "session", "audit", "money", "idempotency");

  /**
   * Hashing and mail need a library each, but no database: they would be as foreign in persistence
   * as anywhere.
   */
  static final Set<String> PORTS_WITHOUT_A_STORE = Set.of("PasswordHasher", "MailSender");

  private static final Set<String> JAVA_BASE =
      ModuleFinder.ofSystem().find("java.base").orElseThrow().descriptor().exports().stream()
          .filter(exported -> !exported.isQualified())
          .map(ModuleDescriptor.Exports::source)
          .collect(Collectors.toUnmodifiableSet());

  private final Function<Packages, ArchRule> rule;

  ArchitectureRule(Function<Packages, ArchRule> rule) {
    this.rule = rule;
  }

  /**
   * The rule for the classes below a package.
   *
   * @param root {@code io.simplebank}, or where classes mimic it
   */
  ArchRule in(String root) {
    return rule.apply(new Packages(root));
  }

  /** Every package and class that the rules know by name. */
  record Packages(String root) {

    String domain() {
      return root + ".domain..";
    }

    String portIn() {
      return root + ".domain.port.in";
    }

    String portOut() {
      return root + ".domain.port.out";
    }

    String application() {
      return root + ".application..";
    }

    String persistence() {
      return root + ".adapter.persistence..";
    }

    String web() {
      return root + ".adapter.web..";
    }

    String bootstrap() {
      return root + ".bootstrap..";
    }

    String embeddedPostgres() {
      return root + ".bootstrap.postgres";
    }

    /** The class that hands standard output to what a person reads at the terminal. */
    String greeter() {
      return root + ".bootstrap.Bank";
    }

    String[] allowed() {
      Stream<String> bySubject =
          Stream.of("domain", "application", "adapter.persistence", "adapter.web")
              .flatMap(module -> SUBJECTS.stream().map(subject -> module + "." + subject));
      Stream<String> others =
          Stream.of(
              "domain.port.in",
              "domain.port.out",
              "adapter.persistence",
              "adapter.web",
              "adapter.web.http",
              "adapter.web.json",
              "adapter.web.openapi",
              "adapter.web.problem",
              "adapter.web.security",
              "bootstrap",
              "bootstrap.postgres");
      return Stream.concat(bySubject, others).map(name -> root + "." + name).toArray(String[]::new);
    }
  }

  private static ArchCondition<JavaClass> be(String description, Predicate<JavaClass> holds) {
    return ArchCondition.from(describe("be " + description, holds));
  }

  private static DescribedPredicate<JavaClass> inJavaBase() {
    return describe(
        "are of java.base",
        type ->
            type.getBaseComponentType().isPrimitive()
                || JAVA_BASE.contains(type.getBaseComponentType().getPackageName()));
  }

  private static DescribedPredicate<JavaClass> areTopLevelTypes() {
    return describe(
        "are top-level types",
        type -> type.isTopLevelClass() && !type.getSimpleName().equals("package-info"));
  }

  private static DescribedPredicate<JavaClass> areRows() {
    return describe(
        "are rows",
        type ->
            type.getSimpleName().matches(".*Rows?")
                || type.isAnnotatedWith("io.micronaut.data.annotation.MappedEntity")
                || type.isAnnotatedWith("io.micronaut.data.jdbc.annotation.JdbcRepository"));
  }

  private static DescribedPredicate<JavaClass> servicesOf(Packages bank) {
    return resideInAPackage(bank.application())
        .and(describe("are services", type -> !type.isRecord() && !type.isEnum()));
  }

  private static DescribedPredicate<JavaClass> construct(DescribedPredicate<JavaClass> types) {
    return describe(
        "construct classes that " + types.getDescription(),
        type ->
            type.getCodeUnitAccessesFromSelf().stream()
                .anyMatch(
                    access ->
                        access.getTarget().getName().equals(CONSTRUCTOR_NAME)
                            && types.test(access.getTargetOwner())));
  }

  private static DescribedPredicate<JavaClass> implementPortsOf(String ports) {
    return describe(
        "implement ports of " + ports,
        type -> !type.isInterface() && portsOf(type, ports).findAny().isPresent());
  }

  private static ArchCondition<JavaClass> implementPort(String ports) {
    return ArchCondition.from(implementPortsOf(ports));
  }

  private static Stream<JavaClass> portsOf(JavaClass type, String ports) {
    return type.getAllRawInterfaces().stream()
        .filter(port -> port.getPackageName().equals(ports) && port.isTopLevelClass());
  }

  private static boolean needsNoStore(JavaClass port) {
    return PORTS_WITHOUT_A_STORE.contains(port.getSimpleName());
  }

  private static long abstractMethods(JavaClass type) {
    return type.getMethods().stream()
        .filter(method -> method.getModifiers().contains(JavaModifier.ABSTRACT))
        .count();
  }

  private static boolean isValue(JavaClass type) {
    return type.isRecord() || type.isEnum() || (type.isInterface() && type.isSealed());
  }

  private static boolean isClosed(JavaClass type) {
    return type.isRecord() || type.isEnum() || type.getModifiers().contains(JavaModifier.FINAL);
  }

  private static boolean isOpenInterface(JavaClass type) {
    return type.isInterface()
        && !type.isSealed()
        && !type.isAnnotation()
        && !type.getSimpleName().equals("package-info");
  }

  private static boolean usedByAnotherPackage(JavaClass type) {
    return type.getDirectDependenciesToSelf().stream()
        .map(dependency -> dependency.getOriginClass().getPackageName())
        .anyMatch(origin -> !origin.equals(type.getPackageName()));
  }

  /** Bootstrap catches what the server throws where its port is taken. */
  private static boolean isStart(JavaClass type) {
    return type.getName().equals("io.micronaut.http.server.exceptions.ServerStartupException");
  }

  private static boolean isGenericException(JavaClass type) {
    return Stream.of(Throwable.class, Exception.class, RuntimeException.class, Error.class)
        .anyMatch(type::isEquivalentTo);
  }

  private static boolean readsTheRealClock(JavaAccess<?> access) {
    if (!(access.getTarget() instanceof CodeUnitAccessTarget target)) {
      return false;
    }
    List<String> parameters =
        target.getRawParameterTypes().stream().map(JavaClass::getName).toList();
    String owner = target.getOwner().getName();
    return switch (target.getName()) {
      case "now" -> owner.startsWith("java.time.") && !parameters.contains("java.time.Clock");
      case "system" -> owner.equals("java.time.InstantSource") || owner.equals("java.time.Clock");
      case "systemUTC", "systemDefaultZone", "tickMillis", "tickSeconds", "tickMinutes" ->
          owner.equals("java.time.Clock");
      case "currentTimeMillis" -> owner.equals("java.lang.System");
      case "getInstance" -> owner.equals("java.util.Calendar");
      case "<init>" ->
          (owner.equals("java.util.Date") && parameters.isEmpty())
              || owner.equals("java.util.GregorianCalendar");
      default -> false;
    };
  }
}
