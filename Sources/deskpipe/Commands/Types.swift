import ArgumentParser
import Desk
import Postgres

struct Types: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Writes the types of the wire, or of the database, for another language.",
    discussion: """
      typescript: declarations of every method, its parameters and its result. javascript: the table that goes with
      them. python: a module of types and functions. lua, vim, elisp: what the plugins for Neovim, Vim and Emacs know \
      of the methods. jsonschema: one schema of all, for other generators. database: the tables as TypeScript, in the \
      form of Supabase's generator; asks the database of --owner-database.
      """)

  enum Language: String, CaseIterable, ExpressibleByArgument {
    case typescript, javascript, python, lua, vim, elisp, jsonschema, database
  }

  @Argument(help: "typescript, javascript, python, lua, vim, elisp, jsonschema or database.")
  var language: Language

  @Flag(help: "With database: look at the demo desk.")
  var demo = false

  @OptionGroup var flags: SettingFlags

  func run() throws {
    writeAll(try text(), to: Wire.output)
  }

  private func text() throws -> String {
    switch language {
    case .typescript: return TypeScriptTypes.declarations()
    case .javascript: return TypeScriptTypes.table()
    case .python: return PythonTypes.module()
    case .lua: return EditorTypes.lua()
    case .vim: return EditorTypes.vim()
    case .elisp: return EditorTypes.elisp()
    case .jsonschema: return Discover.indented(JSONSchemaTypes.document()) + "\n"
    case .database:
      let configuration = try Configuration(flags)
      do {
        let session =
          try demo ? Session(configuration.cluster().start().owner) : Migrate.ownerSession(configuration)
        return try DatabaseTypes.declarations(session)
      } catch let error as ServerError { throw Complaint("\(error)") } catch let error as ClusterError {
        throw Complaint("\(error)")
      }
    }
  }
}
