// swift-tools-version: 6.2
import PackageDescription

let strict: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .strictMemorySafety(),
  .treatAllWarnings(as: .error),
]

/// What each start would pay for: relocations as a bitmap (glibc 2.36 or newer) are a megabyte less to read; nobody looks symbols
/// up in the program; and Sources/link has the C++ library put into it, a third of all that is to be looked up otherwise.
let compact: [LinkerSetting] = [
  .unsafeFlags(
    [
      "-use-ld=lld", "-Xlinker", "-z", "-Xlinker", "pack-relative-relocs", "-Xlinker", "--no-export-dynamic",
      "-L\(Context.packageDirectory)/Sources/link",
    ], .when(configuration: .release))
]

let package = Package(
  name: "deskpipe",
  products: [.executable(name: "deskpipe", targets: ["deskpipe"])],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.0"),
  ],
  targets: [
    .systemLibrary(name: "CCurl"),
    .systemLibrary(name: "CJansson", pkgConfig: "jansson", providers: [.apt(["libjansson-dev"])]),
    .systemLibrary(name: "COpenSSL", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),
    .systemLibrary(name: "CLinux"),
    .systemLibrary(name: "CSpawn"),
    .systemLibrary(name: "CPostgres", pkgConfig: "libpq", providers: [.apt(["libpq-dev"])]),
    .target(name: "Fetch", dependencies: ["CCurl"], swiftSettings: strict),
    .target(name: "JSON", dependencies: ["CJansson"], swiftSettings: strict),
    .target(name: "Token", dependencies: ["COpenSSL", "JSON"], swiftSettings: strict),
    .executableTarget(name: "embed-files", dependencies: ["COpenSSL"], swiftSettings: strict),
    .plugin(name: "EmbedMigrations", capability: .buildTool(), dependencies: ["embed-files"]),
    .plugin(name: "EmbedExamples", capability: .buildTool(), dependencies: ["embed-files"]),
    .target(
      name: "Postgres", dependencies: ["CPostgres", "CSpawn"], swiftSettings: strict, plugins: ["EmbedMigrations"]),
    .target(
      name: "Desk", dependencies: ["Fetch", "JSON", "Postgres", "Token"], swiftSettings: strict,
      plugins: ["EmbedExamples"]),
    .executableTarget(
      name: "deskpipe",
      dependencies: [
        "CLinux", "Desk", "Fetch", "JSON", "Postgres", "Token",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
        .product(name: "Logging", package: "swift-log"),
      ],
      swiftSettings: strict, linkerSettings: compact),
    .executableTarget(
      name: "bench", dependencies: ["Postgres", "TestSupport", "Token"], path: "Tests/Benchmarks",
      exclude: ["Peers", "Token"],
      swiftSettings: strict),
    .executableTarget(
      name: "bench-token", dependencies: ["COpenSSL", "Token"], path: "Tests/Benchmarks/Token", swiftSettings: strict),
    .testTarget(name: "FetchTests", dependencies: ["Fetch", "TestSupport"], swiftSettings: strict),
    .testTarget(name: "JSONTests", dependencies: ["JSON"], swiftSettings: strict),
    .testTarget(name: "TokenTests", dependencies: ["Token", "JSON"], swiftSettings: strict),
    .target(name: "TestSupport", dependencies: ["Postgres"], path: "Tests/TestSupport", swiftSettings: strict),
    .testTarget(name: "PostgresTests", dependencies: ["Postgres", "TestSupport"], swiftSettings: strict),
    .testTarget(
      name: "WireTests", dependencies: ["deskpipe", "Postgres", "TestSupport", "Token"], swiftSettings: strict),
    .testTarget(
      name: "DeskTests", dependencies: ["Desk", "Fetch", "JSON", "Postgres", "TestSupport", "Token"],
      swiftSettings: strict),
  ]
)
