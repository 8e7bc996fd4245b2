using Jint.Parser.Ast;

namespace ConnectorHub.ScriptHost.JavaScript;

internal sealed partial class TreeRepair
{
    // The body is a statement itself.
    private const int DirectlyInFunction = 2;

    private void VisitOptional(Statement? statement)
    {
        if (statement is not null)
            Visit(statement);
    }

    private void Visit(Statement statement)
    {
        Enter(statement);
        _nesting++;
        switch (statement)
        {
            case BlockStatement block:
                block.Body = VisitAll(block.Body);
                break;
            case ExpressionStatement expression:
                expression.Expression = Visit(expression.Expression);
                break;
            case ReturnStatement @return:
                @return.Argument = VisitOptional(@return.Argument);
                break;
            case ThrowStatement @throw:
                @throw.Argument = Call(HostName.Throwable, @throw, Visit(@throw.Argument));
                break;
            case VariableDeclaration declaration:
                _names.Declare(declaration, isDirect: _nesting == DirectlyInFunction);
                foreach (var declarator in declaration.Declarations)
                    declarator.Init = VisitOptional(declarator.Init);
                break;
            case FunctionDeclaration function:
                function.Body = Function(function, function.Body);
                break;
            case LabelledStatement labelled:
                Visit(labelled.Body);
                break;
            default:
                VisitControl(statement);
                break;
        }

        _nesting--;
        _depth--;
    }

    private Statement[] VisitAll(IEnumerable<Statement> statements)
    {
        var all = statements.ToArray();
        foreach (var statement in all)
            Visit(statement);
        return all;
    }

    private void VisitControl(Statement statement)
    {
        switch (statement)
        {
            case IfStatement branch:
                branch.Test = Visit(branch.Test);
                Visit(branch.Consequent);
                VisitOptional(branch.Alternate);
                break;
            case ForStatement loop:
                loop.Init = Either(loop.Init);
                (loop.Test, loop.Update) = (VisitOptional(loop.Test), VisitOptional(loop.Update));
                Visit(loop.Body);
                break;
            case ForInStatement loop:
                _names.Assign(loop.Left);
                _isNewer |= loop.Left is not (Identifier or MemberExpression or VariableDeclaration);
                loop.Left = Either(loop.Left);
                loop.Right = Call(HostName.Ordered, loop, Visit(loop.Right));
                Visit(loop.Body);
                break;
            case WhileStatement loop:
                loop.Test = Visit(loop.Test);
                Visit(loop.Body);
                break;
            case DoWhileStatement loop:
                loop.Test = Visit(loop.Test);
                Visit(loop.Body);
                break;
            case WithStatement with:
                with.Object = Visit(with.Object);
                Visit(with.Body);
                break;
            case SwitchStatement choice:
                Switch(choice);
                break;
            case TryStatement attempt:
                Try(attempt);
                break;
        }
    }

    private SyntaxNode? Either(SyntaxNode? node)
    {
        if (node is Expression expression)
            return Visit(expression);
        VisitOptional(node as Statement);
        return node;
    }

    private void Switch(SwitchStatement choice)
    {
        choice.Discriminant = Visit(choice.Discriminant);
        foreach (var branch in choice.Cases ?? [])
        {
            branch.Test = VisitOptional(branch.Test);
            branch.Consequent = VisitAll(branch.Consequent);
        }
    }

    private void Try(TryStatement attempt)
    {
        Visit(attempt.Block);
        foreach (var handler in attempt.Handlers ?? [])
            Visit(handler.Body);
        VisitOptional(attempt.Finalizer);
    }
}
